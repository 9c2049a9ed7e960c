"""The inbox: its drawers, page by page."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from clothier.conversations.contracts import Box, DispatchState, State, ThreadView
from clothier.conversations.models import Dispatch, Mention, Read, Tag, Thread
from clothier.conversations.sealing import opened
from clothier.conversations.selectors.doors import visible
from clothier.customers.selectors import faces
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.staff.selectors import names_of

PREVIEW = 80
# Of what could not be delivered only the newest is looked through, so that a year of it costs nothing.
FAILURES = 500
# Where people work: whoever waits comes first, whoever has waited longest before all.
_WORKED = frozenset({Box.MINE, Box.TEAM})


def inbox_for(viewer: Viewer, box: Box, before: str = "", limit: int = 50) -> list[ThreadView]:
    """One drawer, page by page: `before` is the cursor of the last row shown. The queue by priority and waiting time;
    one's own and the team's by waiting time and then, like everything else, by the last message, newest first. Raises
    Denied for who reads no conversations.
    """
    rows = drawer(viewer, box)
    if box is Box.WAITING:
        page = _after_in_queue(rows, before).order_by("-priority", "waiting_since", "pk")
    elif box in _WORKED:
        page = _after_those_who_wait(rows, before).order_by(F("waiting_since").asc(nulls_last=True), "-last_at", "-pk")
    else:
        page = _before(rows, before).order_by("-last_at", "-pk")
    return views(viewer, list(page.select_related("last_message__contact", "contact")[:limit]), box=box)


def thread_for(viewer: Viewer, thread: int) -> ThreadView | None:
    """One conversation of the viewer's; of one that was joined to another, that one."""
    row = Thread.objects.filter(pk=thread).values_list("pk", "joined_to").first()
    if row is None:
        return None
    found = visible(viewer).filter(pk=row[1] or row[0]).select_related("last_message__contact", "contact")
    return next(iter(views(viewer, list(found))), None)


def threads_for(viewer: Viewer, threads: Sequence[int]) -> list[ThreadView]:
    """Those of some conversations that the viewer may open, in no order."""
    rows = visible(viewer).filter(pk__in=list(threads)).select_related("last_message__contact", "contact")
    return views(viewer, list(rows))


def threads_of_customers(viewer: Viewer, customers: Sequence[int]) -> list[ThreadView]:
    """The conversations with these customers that the viewer may open."""
    rows = visible(viewer).filter(customer_id__in=list(customers)).select_related("last_message__contact", "contact")
    return views(viewer, list(rows))


def thread_of_customer(customers: Sequence[int]) -> int | None:
    """The conversation of the person with these records; None when there is none."""
    rows = Thread.objects.filter(customer_id__in=list(customers), joined_to=None)
    return rows.order_by("pk").values_list("pk", flat=True).first()


def any_thread() -> bool:
    return Thread.objects.exists()


def views(viewer: Viewer, rows: Sequence[Thread], *, box: Box | None = None) -> list[ThreadView]:
    people = faces(viewer, (row.customer_id for row in rows))
    names = names_of(row.employee_id for row in rows)
    read = dict(Read.objects.filter(thread__in=rows, employee=viewer.employee).values_list("thread", "upto"))
    tags: dict[int, list[str]] = {}
    for thread, word in Tag.objects.filter(thread__in=rows).order_by("pk").values_list("thread", "word"):
        tags.setdefault(thread, []).append(word)
    return [_view(row, people, names, read.get(row.pk, 0), tags.get(row.pk, []), box) for row in rows]


def drawer(viewer: Viewer, box: Box) -> QuerySet[Thread]:
    rows, now = visible(viewer), clock.now()
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=now)
    match box:
        case Box.MINE:
            return rows.filter(awake, state=State.HELD, employee=viewer.employee)
        case Box.WAITING:
            return rows.filter(state=State.WAITING)
        case Box.ANSWERED:
            return rows.filter(awake, state=State.HELD, employee=viewer.employee, waiting_since=None)
        case Box.TEAM:
            return rows.filter(state__in=[State.HELD, State.WAITING])
        case Box.BOT:
            return rows.filter(state=State.BOT)
        case Box.SNOOZED:
            return rows.filter(snoozed_until__gt=now, employee=viewer.employee)
        case Box.MENTIONS:
            asked = Mention.objects.filter(employee=viewer.employee, seen_at=None)
            return rows.filter(pk__in=asked.values("thread"))
        case Box.FAILED:
            return rows.filter(pk__in=_undelivered()).exclude(state=State.CLOSED)
        case Box.CLOSED:
            return rows.filter(state=State.CLOSED)


def _undelivered() -> set[int]:
    """Conversations in which something could not be delivered since they were opened."""
    failed = Dispatch.objects.filter(state=DispatchState.FAILED).order_by("-message")[:FAILURES]
    told = failed.values_list("message__contact__thread", "message__at", "message__contact__thread__opened_at")
    return {thread for thread, at, opened_at in told if at >= opened_at}


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
