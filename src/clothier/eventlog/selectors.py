"""Questions to the log."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Min, QuerySet

from clothier.eventlog.models import Delivery, Entry
from clothier.kernel.refs import Ref


def history(subject: Ref) -> QuerySet[Entry]:
    """Everything that happened to a thing, oldest first."""
    return Entry.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("id")


def entry_by_key(key: str) -> Entry | None:
    """The event recorded under this idempotency key."""
    return Entry.objects.filter(key=key).first()


def customer_timeline(
    customers: Iterable[int], *, before: tuple[str, int] | None = None, limit: int = 50
) -> list[Entry]:
    """The latest events of one person (all of their records), newest first; `before` is the last row's time and id."""
    rows = Entry.objects.filter(customer_id__in=list(customers)).order_by("-occurred_at", "-id")
    if before:
        at, pk = before
        rows = rows.filter(occurred_at__lte=at).exclude(occurred_at=at, id__gte=pk)
    return list(rows[:limit])


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
    """About how many entries the log holds: the highest id, which no deletion lowers. Never counts."""
    return Entry.objects.aggregate(last=Max("id"))["last"] or 0
