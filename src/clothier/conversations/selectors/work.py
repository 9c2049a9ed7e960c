"""What surrounds a conversation: who is writing, why it was handed over, saved replies, how busy everybody is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import get_language

from clothier.conversations.contracts import State, ThreadView
from clothier.conversations.models import Handover, SavedReply, Seat, Thread, Writing
from clothier.conversations.models.work import REASON_NAMES
from clothier.conversations.rules.variables import filled
from clothier.conversations.sealing import opened
from clothier.conversations.selectors.doors import require, visible
from clothier.customers.selectors import own_name
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.places.selectors import store_names
from clothier.staff.selectors import names_of, on_floor
from clothier.standards.selectors import document

SUGGESTED = 200


@dataclass(frozen=True, slots=True)
class HandoverView:
    """Why a person was asked for; `summary` is None where the person's data were erased."""

    reason: str
    reason_name: str
    summary: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Load:
    """An agent at the desk: how many conversations they hold, and since when the oldest of these customers waits."""

    employee_id: int
    name: str
    held: int
    oldest: datetime | None
    away_since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """Those who wait for a person: how many (counted up to a hundred) and since when the first does."""

    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many more messages a channel takes until when; `left` 0: none."""

    left: int
    until: datetime | None


def allowance_of(thread: ThreadView) -> Allowance | None:
    """What the channel a customer wrote on still allows a person to say; None where it sets no bounds."""
    budget = document("service").budgets.get(thread.channel)
    if budget is None:
        return None
    row = Thread.objects.filter(pk=thread.id)
    found = row.values_list("contact__heard_at", "contact__replies").first()
    heard, used = found or (None, 0)
    until = heard + timedelta(seconds=budget.within) if heard else None
    if until is None or until <= clock.now():
        return Allowance(0, None)
    return Allowance(max(0, budget.replies - used), until)


def away_since(employee: int) -> datetime | None:
    """Since when the queue gives somebody nothing."""
    return next((since for _seat, since in _away(people=[employee])), None)


def writing_now(thread: int, *, besides: int | None = None) -> list[str]:
    """Colleagues who are writing in a conversation at this moment; "" stands for the customer."""
    people = [pk for pk in _writing(thread=thread, now=clock.now()) if pk != besides]
    names = names_of(people)
    return [names.get(pk, "") for pk in people]


@prepared
def _writing(thread: int, now: datetime) -> "QuerySet[Writing, int]":
    rows = Writing.objects.filter(thread=thread, until__gt=now).order_by("employee_id")
    return rows.values_list("employee_id", flat=True)


def handovers(thread: int) -> list[HandoverView]:
    """The latest hand-overs of a conversation, newest first."""
    names = {str(reason): str(name) for reason, name in REASON_NAMES.items()}
    return [
        HandoverView(row.reason, names.get(row.reason, row.reason), opened(row.contact.key, row.sealed), row.at)
        for row in _handed(thread=thread)
    ]


@prepared
def _handed(thread: int) -> "QuerySet[Handover, Handover]":
    return Handover.objects.filter(thread=thread).select_related("contact").order_by("-pk")[:10]


def saved_replies(viewer: Viewer, *, topic: str = "") -> list[SavedReply]:
    """Everybody's and the viewer's own, those of the topic first."""
    require(viewer)
    mine = Q(owner=None) | Q(owner=viewer.employee)
    rows = SavedReply.objects.filter(mine, retired_at=None).order_by("title", "pk")[:SUGGESTED]
    return sorted(rows, key=lambda row: row.topic != topic)


def filled_reply(viewer: Viewer, reply: int, *, thread: int) -> str | None:
    """A saved reply in the page's language with its variables filled for a conversation of the viewer's."""
    return next((text for pk, _title, text in filled_replies(viewer, thread=thread) if pk == reply), None)


def filled_replies(viewer: Viewer, *, thread: int) -> list[tuple[int, str, str]]:
    """Number, title and words of the saved replies, those of the conversation's topic first, variables filled."""
    row = visible(viewer).filter(pk=thread).first()
    if row is None:
        return []
    store = store_names([row.store_id]).get(row.store_id or 0, "")
    told = {"name": own_name(row.customer_id) if row.customer_id else "", "agent": viewer.name, "store": store}
    english = get_language() == "en"
    return [
        (one.pk, one.title, filled(one.text_en if english and one.text_en else one.text, told))
        for one in saved_replies(viewer, topic=row.topic)
    ]


def loads_for(viewer: Viewer, *, store: int) -> list[Load]:
    """The agents on shift in a store, the busiest first; three queries, however many conversations there are."""
    require(viewer)
    if not viewer.sees(store):
        return []
    on = {one.employee_id: one for one in on_floor(store=store, at=clock.now()) if one.post == "agent"}
    busy = {pk: (number, oldest) for pk, number, oldest in _held_by(people=list(on))}
    away = dict(_away(people=list(on)))
    loads = [Load(pk, one.name, *busy.get(pk, (0, None)), away.get(pk), one.ends_at) for pk, one in on.items()]
    return sorted(loads, key=lambda load: (-load.held, load.employee_id))


@prepared
def _held_by(people: list[int]) -> "QuerySet[Thread, tuple[int, int, datetime | None]]":
    held = Thread.objects.filter(employee__in=people, state=State.HELD).order_by().values_list("employee")
    return held.annotate(Count("pk"), Min("waiting_since"))


@prepared
def _away(people: list[int]) -> "QuerySet[Seat, tuple[int, datetime | None]]":
    return Seat.objects.filter(pk__in=people).values_list("pk", "away_since")


def backlog_for(viewer: Viewer) -> Backlog:
    """How many wait for a person where the viewer looks."""
    rows = visible(viewer).filter(state=State.WAITING).order_by("waiting_since").values_list("waiting_since", flat=True)
    found = list(rows[:100])
    return Backlog(len(found), found[0] if found else None)
