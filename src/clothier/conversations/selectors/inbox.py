"""The inbox: its drawers, page by page."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypedDict

from django.db.models import F, Q, QuerySet

from clothier.conversations.contracts import Box, DispatchState, State, ThreadView
from clothier.conversations.models import Dispatch, Mention, Read, Tag, Thread
from clothier.conversations.sealing import opened
from clothier.conversations.selectors.doors import eyes, seen_from, visible
from clothier.customers.selectors import faces
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.rows import Question, prepared
from clothier.staff.selectors import names_of

PREVIEW = 80
# Of what could not be delivered only the newest is looked through, so that a year of it costs nothing.
FAILURES = 500
# More than anybody can have on the desk.
HELD = 100
# Where people work: whoever waits comes first, whoever has waited longest before all.
_WORKED = frozenset({Box.MINE, Box.TEAM})
# Which drawers hold what is the viewer's in person.
_OWN = frozenset({Box.MINE, Box.ANSWERED, Box.SNOOZED, Box.MENTIONS})


def inbox_for(viewer: Viewer, box: Box, before: str = "", limit: int = 50) -> list[ThreadView]:
    """One drawer, page by page: `before` is the cursor of the last row shown. The queue by priority and waiting time;
    one's own and the team's by waiting time and then, like everything else, by the last message, newest first. Raises
    Denied for who reads no conversations.
    """
    told = asked(viewer, box)
    rows = list(_page(box, drawer(box, **told), before)[:limit]) if before else _FIRST[box](**told, limit=limit)
    return views(viewer, rows, box=box)


def _page(box: Box, rows: QuerySet[Thread], before: str) -> QuerySet[Thread]:
    if box is Box.WAITING:
        page = _after_in_queue(rows, before).order_by("-priority", "waiting_since", "pk")
    elif box in _WORKED:
        page = _after_those_who_wait(rows, before).order_by(F("waiting_since").asc(nulls_last=True), "-last_at", "-pk")
    else:
        page = _before(rows, before).order_by("-last_at", "-pk")
    return page.select_related("last_message__contact", "contact")


def _first(box: Box) -> "Question[Thread]":
    """The first page of a drawer, which everybody opens all day."""

    @prepared
    def first(
        stores: list[int] | None,
        employee: int | None,
        me: int | None,
        now: datetime | None,
        threads: list[int] | None,
        limit: int,
    ) -> QuerySet[Thread, Thread]:
        rows = drawer(box, stores=stores, employee=employee, me=me, now=now, threads=threads)
        return _page(box, rows, "")[:limit]

    return first


_FIRST = {box: _first(box) for box in Box}


def thread_for(viewer: Viewer, thread: int) -> ThreadView | None:
    """One conversation of the viewer's; of one that was joined to another, that one."""
    held = [joined or pk for pk, joined in _joined(thread=thread)]
    return next(iter(threads_for(viewer, held)), None)


@prepared
def _joined(thread: int) -> "QuerySet[Thread, tuple[int, int | None]]":
    return Thread.objects.filter(pk=thread).values_list("pk", "joined_to")


def threads_for(viewer: Viewer, threads: Sequence[int]) -> list[ThreadView]:
    """Those of some conversations that the viewer may open, in no order."""
    return views(viewer, _these(**eyes(viewer), threads=list(threads)))


@prepared
def _these(stores: list[int] | None, employee: int | None, threads: list[int]) -> "QuerySet[Thread, Thread]":
    return seen_from(stores, employee).filter(pk__in=threads).select_related("last_message__contact", "contact")


def threads_of_customers(viewer: Viewer, customers: Sequence[int]) -> list[ThreadView]:
    """The conversations with these customers that the viewer may open."""
    rows = visible(viewer).filter(customer_id__in=list(customers)).select_related("last_message__contact", "contact")
    return views(viewer, list(rows))


def held_by(viewer: Viewer, employee: int) -> list[ThreadView]:
    """What a colleague has on the desk where the viewer looks, those who wait first."""
    rows = visible(viewer).filter(employee=employee, state=State.HELD)
    page = rows.order_by(F("waiting_since").asc(nulls_last=True), "-last_at", "-pk")
    return views(viewer, list(page.select_related("last_message__contact", "contact")[:HELD]))


def thread_of_customer(customers: Sequence[int]) -> int | None:
    """The conversation of the person with these records; None when there is none."""
    rows = Thread.objects.filter(customer_id__in=list(customers), joined_to=None)
    return rows.order_by("pk").values_list("pk", flat=True).first()


def any_thread() -> bool:
    return Thread.objects.exists()


def views(viewer: Viewer, rows: Sequence[Thread], *, box: Box | None = None) -> list[ThreadView]:
    people = faces(viewer, (row.customer_id for row in rows))
    names = names_of(row.employee_id for row in rows)
    held = [row.pk for row in rows]
    read = dict(_read_upto(threads=held, me=viewer.employee))
    tags: dict[int, list[str]] = {}
    for thread, word in _tags(threads=held):
        tags.setdefault(thread, []).append(word)
    return [_view(row, people, names, read.get(row.pk, 0), tags.get(row.pk, []), box) for row in rows]


@prepared
def _read_upto(threads: list[int], me: int | None) -> "QuerySet[Read, tuple[int, int]]":
    return Read.objects.filter(thread__in=threads, employee=me).values_list("thread", "upto")


@prepared
def _tags(threads: list[int]) -> "QuerySet[Tag, tuple[int, str]]":
    return Tag.objects.filter(thread__in=threads).order_by("pk").values_list("thread", "word")


class Asked(TypedDict):
    """What a drawer is asked with; None for what it does not ask for, or what there is not."""

    stores: list[int] | None
    employee: int | None
    me: int | None
    now: datetime | None
    threads: list[int] | None


def asked(viewer: Viewer, box: Box) -> Asked:
    """Raises Denied for who reads no conversations."""
    seen, own = eyes(viewer), box in _OWN
    return Asked(
        stores=seen["stores"],
        employee=seen["employee"],
        me=viewer.employee if own else None,
        now=clock.now() if own and box is not Box.MENTIONS else None,
        threads=list(_undelivered()) if box is Box.FAILED else None,
    )


def drawer(
    box: Box,
    *,
    stores: list[int] | None,
    employee: int | None,
    me: int | None,
    now: datetime | None,
    threads: list[int] | None,
) -> QuerySet[Thread]:
    """The conversations of a drawer in no order, asked with `asked`."""
    rows = seen_from(stores, employee)
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=now)
    match box:
        case Box.MINE:
            return rows.filter(awake, state=State.HELD, employee=me)
        case Box.WAITING:
            return rows.filter(state=State.WAITING)
        case Box.ANSWERED:
            return rows.filter(awake, state=State.HELD, employee=me, waiting_since=None)
        case Box.TEAM:
            return rows.filter(state__in=[State.HELD, State.WAITING])
        case Box.BOT:
            return rows.filter(state=State.BOT)
        case Box.SNOOZED:
            return rows.filter(snoozed_until__gt=now, employee=me)
        case Box.MENTIONS:
            wanted = Mention.objects.filter(employee=me, seen_at=None)
            return rows.filter(pk__in=wanted.values("thread"))
        case Box.FAILED:
            return rows.filter(pk__in=threads or []).exclude(state=State.CLOSED)
        case Box.CLOSED:
            return rows.filter(state=State.CLOSED)


def _undelivered() -> set[int]:
    """Conversations in which something could not be delivered since they were opened."""
    return {thread for thread, at, opened_at in _failures() if at >= opened_at}


@prepared
def _failures() -> "QuerySet[Dispatch, tuple[int, datetime, datetime]]":
    failed = Dispatch.objects.filter(state=DispatchState.FAILED).order_by("-message")[:FAILURES]
    return failed.values_list("message__contact__thread", "message__at", "message__contact__thread__opened_at")


def _before(rows: QuerySet[Thread], cursor: str) -> QuerySet[Thread]:
    if not cursor:
        return rows
    at, pk = _read(cursor)[-2:]
    moment = _moment(at)
    return rows.filter(last_at__lte=moment).exclude(last_at=moment, pk__gte=pk)


def _after_in_queue(rows: QuerySet[Thread], cursor: str) -> QuerySet[Thread]:
    if not cursor:
        return rows
    priority, at, pk = _read(cursor)
    since = _moment(at)
    same = Q(priority=priority) & (Q(waiting_since__gt=since) | Q(waiting_since=since, pk__gt=pk))
    return rows.filter(Q(priority__lt=priority) | same)


def _after_those_who_wait(rows: QuerySet[Thread], cursor: str) -> QuerySet[Thread]:
    if not cursor:
        return rows
    waited, at, pk = _read(cursor)
    moment = _moment(at)
    later = Q(last_at__lt=moment) | Q(last_at=moment, pk__lt=pk)
    if not waited:
        return rows.filter(later, waiting_since=None)
    since = _moment(waited)
    return rows.filter(Q(waiting_since__gt=since) | Q(waiting_since=since) & later | Q(waiting_since=None))


def _read(cursor: str) -> list[int]:
    parts = [int(part) if part.isdecimal() and len(part) < 19 else 0 for part in cursor.split(".")]
    return [0, 0, 0, *parts][-3:]


def _moment(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1_000_000, UTC)


def _cursor(row: Thread, box: Box | None) -> str:
    if box in _WORKED:
        return f"{_micros(row.waiting_since)}.{_micros(row.last_at)}.{row.pk}"
    at = (row.waiting_since or row.last_at) if box is Box.WAITING else row.last_at
    return f"{row.priority}.{_micros(at)}.{row.pk}"


def _micros(at: datetime | None) -> int:
    return round(at.timestamp() * 1_000_000) if at else 0


def _view(
    row: Thread, people: dict[int, Any], names: dict[int, str], read: int, tags: list[str], box: Box | None
) -> ThreadView:
    face, last, contact = people.get(row.customer_id or 0), row.last_message, row.contact
    said = opened(last.contact.key, last.sealed) if last else ""
    stranger = opened(contact.key, contact.sealed_name) if contact and not face else ""
    return ThreadView(
        id=row.pk,
        customer_id=row.customer_id,
        name=face.name if face else stranger or "",
        layer=face.layer if face else "",
        layer_name=face.layer_name if face else "",
        channel=contact.channel if contact else "",
        state=State(row.state),
        store_id=row.store_id,
        employee_id=row.employee_id,
        employee=names.get(row.employee_id or 0, ""),
        topic=row.topic,
        priority=row.priority,
        waiting_since=row.waiting_since,
        last_at=row.last_at,
        last_author=last.author if last else "",
        preview=None if said is None else said[:PREVIEW],
        unread=bool(last and last.author == "customer" and last.pk > read),
        snoozed_until=row.snoozed_until,
        tags=tuple(tags),
        cursor=_cursor(row, box),
    )
