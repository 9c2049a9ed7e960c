"""Finding an agent with a free place."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet

from clothier.conversations.contracts import Author, State
from clothier.conversations.models import Message, Seat, Thread
from clothier.conversations.rules.ranking import Candidate, candidates, ranked
from clothier.kernel import clock
from clothier.kernel.rows import prepared
from clothier.staff.selectors import on_floor
from clothier.standards.contracts import Service
from clothier.standards.selectors import document, next_service

AGENT = "agent"


def seat(row: Thread) -> int | None:
    """An agent for the conversation, whose seat is held until the transaction ends; None when all have enough to do.

    Only the first choice is waited for: two at once who each held the other's would wait for ever.
    """
    rules = document("service")
    skills = at_work(row.store_id)
    if not skills:
        return None
    best = ranked(
        candidates(skills, _load(skills)), wanted=_wanted(rules, row), last=_last(rules, row), capacity=rules.capacity
    )
    _furnish([one.employee for one in best])
    for place, one in enumerate(best):
        if _free(one, rules.capacity, wait=not place):
            return one.employee
    return None


def at_work(store: int | None) -> dict[int, list[str]]:
    """The agents on shift in a store who are not away, with their skills. Outside the service hours nobody is, whoever
    stays late: customers were told that they are answered when those begin.
    """
    now = clock.now()
    if store is None or next_service(document("service").calendar, now) != now:
        return {}
    shifts = on_floor(store=store, at=now)
    on = {one.employee_id: one.skills for one in shifts if one.post == AGENT and one.left_on is None}
    return {pk: on[pk] for pk in on.keys() - set(_away(people=list(on)))}


@prepared
def _away(people: list[int]) -> "QuerySet[Seat, int]":
    return Seat.objects.filter(employee__in=people, away_since__isnull=False).values_list("pk", flat=True)


def _load(employees: Iterable[int]) -> dict[int, int]:
    return dict(_held(people=list(employees)))


@prepared
def _held(people: list[int]) -> "QuerySet[Thread, tuple[int, int]]":
    held = Thread.objects.filter(employee__in=people, state=State.HELD, snoozed_until=None)
    return held.order_by().values_list("employee").annotate(Count("pk"))


def _wanted(rules: Service, row: Thread) -> tuple[str, ...]:
    return next((topic.skills for topic in rules.topics if topic.key == row.topic), ())


def _last(rules: Service, row: Thread) -> int | None:
    """Who answered this customer last, if that was not long ago: nobody tells a story twice."""
    for employee, at in _said(thread=row.pk):
        return employee if (clock.now() - at).total_seconds() <= rules.same_agent_within else None
    return None


@prepared
def _said(thread: int) -> "QuerySet[Message, tuple[int | None, datetime]]":
    said = Message.objects.filter(contact__thread=thread, author=Author.AGENT, internal=False).order_by("-pk")
    return said.values_list("employee", "at")[:1]


def _furnish(employees: list[int]) -> None:
    there = set(_seated(people=employees))
    missing = [Seat(employee_id=pk) for pk in employees if pk not in there]
    if missing:
        Seat.objects.bulk_create(missing, ignore_conflicts=True)


@prepared
def _seated(people: list[int]) -> "QuerySet[Seat, int]":
    return Seat.objects.filter(pk__in=people).values_list("pk", flat=True)


def _free(one: Candidate, capacity: int, *, wait: bool) -> bool:
    """The seat is ours now and still has a free place; counted again, for somebody may have given meanwhile."""
    connection = transaction.get_connection()
    if connection.features.has_select_for_update:
        held = Seat.objects.select_for_update(skip_locked=not wait).filter(pk=one.employee, away_since=None)
        if not held.exists():
            return False
        return _load([one.employee]).get(one.employee, 0) < capacity
    return True
