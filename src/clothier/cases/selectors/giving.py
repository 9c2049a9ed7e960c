"""Who may decide about a compensation, what people gave this month, and who was given how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from clothier.cases.contracts import CompensationState, Form
from clothier.cases.models import Budget, Case, Compensation
from clothier.cases.rules.giving import Request, within
from clothier.cases.selectors.capacity import capacity_of
from clothier.customers.selectors import records_of
from clothier.kernel import clock
from clothier.kernel.rows import prepared
from clothier.loyalty.selectors import given_by_hand, worth
from clothier.standards.contracts import Limit, role_resolver
from clothier.standards.selectors import document

_GIVEN = (CompensationState.APPROVED, CompensationState.ISSUED)


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave in a month on their own authority, against their budget (none: no ceiling), in fen."""

    employee_id: int
    fen: int
    budget_fen: int | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who was given much within the rule's days: how often, and how much in all."""

    person_id: int
    times: int
    fen: int


def given_in(month: date, *, employees: Iterable[int]) -> list[Given]:
    """What each of these people gave in a month (its first day), the most first."""
    rows = Budget.objects.filter(month=month, employee_id__in=list(employees)).order_by("-fen", "employee_id")
    found = []
    for employee, fen in rows.values_list("employee_id", "fen"):
        limit = document("authority").limit(capacity_of(employee, None))
        found.append(Given(employee, fen, limit.per_month if limit else 0))
    return found


def most_given(*, least_fen: int, limit: int = 20) -> list[Recipient]:
    """People who were given at least so much within the rule's days, the most first."""
    since = clock.now() - timedelta(days=document("authority").window_days)
    issued = Q(state=CompensationState.ISSUED, asked_at__gte=since, person_id__isnull=False)
    sums = (
        Compensation.objects.filter(issued).order_by().values_list("person_id").annotate(n=Count("pk"), fen=Sum("fen"))
    )
    rows = sums.filter(fen__gte=least_fen).order_by("-fen", "person_id")[:limit]
    return [Recipient(person, times, fen) for person, times, fen in rows if person]


def deciding(asked: Compensation, row: Case, actor: int) -> str:
    """The role in which this person may decide about it; "" where it is not theirs to."""
    return _decides(asked, capacity_of(actor, row.store_id), actor)


def deciding_each(asked: Iterable[Compensation], actor: int) -> list[tuple[Compensation, str]]:
    """`deciding` for a page of them, each with its case; who somebody is in a store is looked up once."""
    roles = cache(lambda store: capacity_of(actor, store))
    return [(one, _decides(one, roles(one.case.store_id), actor)) for one in asked]


def _decides(asked: Compensation, role: str, actor: int) -> str:
    limit = document("authority").limit(role)
    # What is beyond the limit by itself needs no look at what was given before.
    may = actor != asked.asked_by and within(limit, Request(asked.form, asked.fen))
    covers = may and within(limit, request_of(asked))
    return role if covers and limit and _room(limit, actor, asked.fen) else ""


def turn_of(asked: Compensation) -> str:
    """The lowest role whose limit covers it, with what was given before: whose turn it is to say yes."""
    request = request_of(asked)
    return next((limit.role for limit in document("authority").limits if within(limit, request)), "")


def decider_of(asked: Compensation, row: Case) -> int | None:
    """Who says yes or no first: of the lowest role whose limit covers it somebody with room in this month's budget.

    Whoever asked is left out, and so is who only stands in for a role whose limit is not theirs.
    """
    request, now = request_of(asked), clock.now()
    for limit in document("authority").limits:
        if not within(limit, request):
            continue
        for person in role_resolver.ask(limit.role, row.store_id, None, now):
            if _decides(asked, capacity_of(person, row.store_id), person):
                return person
    return None


def request_of(asked: Compensation) -> Request:
    return Request(asked.form, asked.fen, given_before(asked))


def given_before(asked: Compensation) -> int:
    """Fen that this person, or the case of a stranger, was given within the rule's days, by whomever and however.

    Points that were given by hand outside of cases are in the sum; those given in cases are among them.
    """
    since = clock.now() - timedelta(days=document("authority").window_days)
    if asked.person_id is None:
        return sum(fen for pk, fen, _form, _state in _given_in(case=asked.case_id) if pk != asked.pk)
    theirs = _given_to(people=records_of(asked.person_id), since=since)
    booked = (Form.POINTS, CompensationState.ISSUED)
    made = sum(fen for pk, fen, *how in theirs if pk != asked.pk and tuple(how) != booked)
    return made + worth(given_by_hand(asked.person_id))


@prepared
def _given_in(case: int) -> "QuerySet[Compensation, tuple[int, int, str, str]]":
    return Compensation.objects.filter(case_id=case, state__in=_GIVEN).values_list("pk", "fen", "form", "state")


@prepared
def _given_to(people: list[int], since: datetime) -> "QuerySet[Compensation, tuple[int, int, str, str]]":
    theirs = Compensation.objects.filter(person_id__in=people, asked_at__gte=since, state__in=_GIVEN)
    return theirs.values_list("pk", "fen", "form", "state")


def this_month() -> date:
    """The first day of the month that budgets are counted in."""
    return timezone.localtime(clock.now()).date().replace(day=1)


def _room(limit: Limit, actor: int, fen: int) -> bool:
    return limit.per_month is None or budget_of(actor) + fen <= limit.per_month


def budget_of(actor: int) -> int:
    """Fen that somebody gave on their own authority this month."""
    return sum(_budget(actor=actor, month=this_month()))


@prepared
def _budget(actor: int, month: date) -> "QuerySet[Budget, int]":
    return Budget.objects.filter(employee_id=actor, month=month).values_list("fen", flat=True)
