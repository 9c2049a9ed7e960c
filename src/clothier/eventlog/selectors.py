"""Questions to the log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Event, handler_names
from clothier.eventlog.models import Delivery, Entry
from clothier.kernel import columns
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.kernel.rows import fetch, prepared


def history(subject: Ref) -> QuerySet[Entry]:
    """Everything that happened to a thing, oldest first."""
    return Entry.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("id")


def last_of(subject: Ref) -> int | None:
    """The newest entry about a thing."""
    return history(subject).order_by("-id").values_list("id", flat=True).first()


def story(subject: Ref, *, limit: int) -> list[Entry]:
    """The first things that happened to a thing, oldest first."""
    return _story(kind=subject.kind, subject=subject.id, limit=limit)


@prepared
def _story(kind: str, subject: int, limit: int) -> "QuerySet[Entry, Entry]":
    return Entry.objects.filter(subject_kind=kind, subject_id=subject).order_by("id")[:limit]


def history_between(kind: str, low: int, high: int) -> QuerySet[Entry]:
    """Everything that happened to the things of a kind with ids from `low` to before `high`, oldest first."""
    return Entry.objects.filter(subject_kind=kind, subject_id__gte=low, subject_id__lt=high).order_by("id")


def told_of(kind: str, ids: Iterable[int], type_: str) -> set[int]:
    """Which of these things an event of this type has happened to."""
    rows = Entry.objects.filter(subject_kind=kind, subject_id__in=list(ids), type=type_)
    return set(rows.values_list("subject_id", flat=True))


def told_between(types: Iterable[str], low: int, high: int) -> list[tuple[int, Any]]:
    """The entries of these types with ids from `low` to before `high`, as (subject's id, payload)."""
    rows = Entry.objects.filter(pk__gte=low, pk__lt=high, type__in=list(types))
    return list(rows.values_list("subject_id", "payload"))


def told_besides(customers: Iterable[int], types: Iterable[str]) -> list[tuple[int, str, Any]]:
    """What the log holds of these customers besides these types of event, as (customer, type, payload)."""
    rows = Entry.objects.filter(customer_id__in=list(customers)).exclude(type__in=list(types))
    return [(pk, type_, payload) for pk, type_, payload in rows.values_list("customer_id", "type", "payload") if pk]


def entry_by_id(entry: int) -> Entry | None:
    return Entry.objects.filter(pk=entry).first()


def entries_by_id(ids: Iterable[int]) -> dict[int, Entry]:
    return Entry.objects.in_bulk(list(ids))


def first_told(key: str, *events: type[Event]) -> Entry | None:
    """The event of one of these types that was recorded under this idempotency key.

    Refused where the key was used for something else: a repetition gets its own outcome, never another verb's.
    """
    entry = next(iter(fetch(Entry, "key = %s", [key])), None)
    if entry is not None and entry.type not in {event.type for event in events}:
        raise Refused(_("这个操作编号已经用在别的操作上"), field="key")
    return entry


def customer_timeline(
    customers: Iterable[int], *, before: tuple[str, int] | None = None, limit: int = 50
) -> list[Entry]:
    """The latest events of one person (all of their records), newest first; `before` is the last row's time and id."""
    records = list(customers)
    if before is None:
        return _latest(customers=records, limit=limit)
    at, pk = before
    rows = Entry.objects.filter(customer_id__in=records).order_by("-occurred_at", "-id")
    return list(rows.filter(occurred_at__lte=at).exclude(occurred_at=at, id__gte=pk)[:limit])


@prepared
def _latest(customers: list[int], limit: int) -> "QuerySet[Entry, Entry]":
    return Entry.objects.filter(customer_id__in=customers).order_by("-occurred_at", "-id")[:limit]


def parked() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=Delivery.State.PARKED).select_related("entry").order_by("-id")


def earliest_due() -> datetime | None:
    """When the earliest waiting delivery is or was due; None when nothing waits."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    earliest: datetime | None = waiting.aggregate(at=Min("due_at"))["at"]
    return earliest


def count_due(at: datetime, *, most: int) -> int:
    """Deliveries due by then, counted no further than `most`."""
    return Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=at).order_by()[:most].count()


def count_parked(*, most: int) -> int:
    return Delivery.objects.filter(state=Delivery.State.PARKED).order_by()[:most].count()


def size_estimate() -> int:
    """About how many entries were ever recorded: the highest id. Never counts."""
    return Entry.objects.aggregate(last=Max("id"))["last"] or 0


# How many entries one look at the log goes through when it filters by type: no index is kept for that, because every
# event recorded would pay for it, so a look is bounded and the next one goes on where it stopped.
WINDOW = 20_000


def recent(
    *, type_: str = "", subject: Ref | None = None, before: int | None = None, limit: int = 50
) -> tuple[list[Entry], int | None]:
    """The latest entries, newest first, and the id to go on before; None at the log's beginning.

    With a type and no subject at most WINDOW entries are looked through, so a list may be short or
    empty and yet go on.
    """
    rows = Entry.objects.order_by("-id")
    if subject:
        rows = rows.filter(subject_kind=subject.kind, subject_id=subject.id)
    if before:
        rows = rows.filter(pk__lt=before)
    floor = 0
    if type_:
        if not subject:
            newest = before or size_estimate() + 1
            floor = max(newest - WINDOW, 0)
            rows = rows.filter(pk__gte=floor)
        rows = rows.filter(type=type_)
    found = list(rows[: limit + 1])
    if len(found) > limit:
        return found[:limit], found[limit - 1].pk
    return found, floor if floor and Entry.objects.filter(pk__lt=floor).exists() else None


def subjects_by_key(keys: Iterable[str], event: type[Event]) -> dict[str, int | None]:
    """Which thing each used idempotency key was about, None where it stands for another event; unused are missing."""
    condition, values = columns.among("key", keys)
    where = f"WHERE key IS NOT NULL AND {condition}"
    told = columns.read(f"SELECT key, type, subject_id FROM {columns.table(Entry)} {where}", values)  # noqa: S608
    return {key: subject if type_ == event.type else None for key, type_, subject in told}


def unknown_handlers() -> set[str]:
    """Handlers that deliveries wait for and nobody has declared: their package was removed or renamed."""
    waiting = set(Delivery.objects.order_by().values_list("handler", flat=True).distinct())
    return waiting - handler_names()
