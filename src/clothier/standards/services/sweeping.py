"""The sweeper: what happens by itself when time runs out, told to the right people in the right order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from clothier.eventlog.services import Note, record_all
from clothier.kernel import clock
from clothier.standards.contracts import role_resolver
from clothier.standards.events import PromiseEscalated
from clothier.standards.models import Promise, Timer
from clothier.standards.rules.facts import Standing
from clothier.standards.selectors.courses import Course, courses_of
from clothier.standards.services.storing import BREACH, Outcome, note, store

BATCH = 1000


def next_due() -> datetime | None:
    """When the next timer wants to fire; one look at an index. The worker sleeps until then, or until it asks again."""
    waiting = Timer.objects.filter(fired_at__isnull=True).order_by("fire_at", "id")
    return waiting.values_list("fire_at", flat=True).first()


def sweep(now: datetime | None = None, *, limit: int = BATCH) -> int:
    """Fire every timer that is due, in the order of their times; the number of timers handled.

    Any number of workers may sweep at once: each takes rows that no other holds.
    """
    handled = 0
    while taken := sweep_once(now or clock.now(), limit=limit):
        handled += taken
    return handled


def sweep_once(now: datetime, *, limit: int = BATCH) -> int:
    """One batch in one transaction; 0 when nothing is due or other workers hold all of it."""
    due = Timer.objects.filter(fired_at__isnull=True, fire_at__lte=now).order_by("fire_at", "id")
    if not due.exists():
        # An idle worker takes no write lock.
        return 0
    with transaction.atomic():
        timers = list(due.select_for_update(skip_locked=True)[:limit])
        if not timers:
            return 0
        # A verb that holds a promise will write its timers itself; skipping it also rules out a deadlock with it.
        promises = Promise.objects.filter(pk__in={timer.promise_id for timer in timers})
        rows = list(promises.select_for_update(skip_locked=True).order_by("id"))
        # Of a full batch only what is due by its last timer fires, so that later rungs cannot overtake other promises.
        horizon = timers[-1].fire_at if len(timers) == limit else now
        _fire(courses_of(rows), now, horizon)
        return len(rows)


def _fire(courses: list[Course], now: datetime, horizon: datetime) -> None:
    """Evaluate first: what was kept a moment ago breaks nobody's evening."""
    outcomes = [Outcome(course, course.evaluate(now)) for course in courses]
    outcomes.sort(key=_due)
    told = _fired_steps([one.course.promise.pk for one in outcomes])
    people = _People()
    news: list[tuple[datetime, Note]] = []
    for one in outcomes:
        for step, at in one.standing.steps:
            if step != BREACH and at <= horizon and (one.course.promise.pk, step, one.standing.cycle) not in told:
                news += _escalate(one, step, at, now, people)
    store(outcomes, now)
    if news:
        record_all([one for _, one in sorted(news, key=_by_time)])


def _due(one: Outcome) -> datetime:
    return one.standing.due_at or one.standing.started_at


def _by_time(one: tuple[datetime, Note]) -> datetime:
    return one[0]


def _fired_steps(promises: list[int]) -> set[tuple[int, int, int]]:
    fired = Timer.objects.filter(promise_id__in=promises, fired_at__isnull=False)
    return set(fired.values_list("promise_id", "step", "cycle"))


def _escalate(one: Outcome, step: int, at: datetime, now: datetime, people: "_People") -> list[tuple[datetime, Note]]:
    """Tell the roles of one rung, as they are filled now; the timer row remembers who that was."""
    promise, rung = one.course.promise, one.course.rule.ladder[step - 1]
    told: list[tuple[datetime, Note]] = []
    everybody: list[int] = []
    for role in rung.tell:
        found = people.of(role, promise, one.course, now)
        everybody += [person for person in found if person not in everybody]
        event = PromiseEscalated(
            promise_id=promise.pk,
            promise_key=promise.key,
            subject=str(promise.subject),
            cycle=one.standing.cycle,
            step=step,
            role=role,
            employee_ids=found,
            late_seconds=round((now - at).total_seconds(), 3),
        )
        told.append((at, note(promise, event, now)))
    one.fired.append(_timer(one.standing, step, at, now, ",".join(rung.tell), everybody))
    return told


def _timer(standing: Standing, step: int, at: datetime, now: datetime, role: str, people: list[int]) -> Timer:
    return Timer(step=step, cycle=standing.cycle, fire_at=at, fired_at=now, role=role[:40], employee_ids=people)


@dataclass
class _People:
    """Who fills a role right now; asked once a batch for each role, store and zone."""

    known: dict[tuple[str, int | None, int | None], list[int]] = field(default_factory=dict)
    ask: Callable[[str, int | None, int | None, datetime], list[int]] = field(default_factory=lambda: role_resolver.ask)

    def of(self, role: str, promise: Promise, course: Course, at: datetime) -> list[int]:
        if role == course.rule.owner and promise.owner_id is not None:
            return [promise.owner_id]
        place = (role, promise.store_id, promise.zone_id)
        if place not in self.known:
            self.known[place] = self.ask(*place, at)
        return self.known[place]
