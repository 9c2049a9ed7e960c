"""The sweeper: what happens by itself when time runs out, told to the right people in the right order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from clothier.kernel import clock, columns
from clothier.kernel.rows import fetch, prepared
from clothier.standards.contracts import role_resolver
from clothier.standards.events import PromiseEscalated
from clothier.standards.models import Promise
from clothier.standards.rules.facts import BREACH
from clothier.standards.selectors.courses import Course, courses_of, fired_steps
from clothier.standards.services.storing import Outcome, Timed, note, store, timer

# A tap that comes meanwhile waits for one batch.
BATCH = 500


def next_due() -> datetime | None:
    """When the next step wants to fire; one look at an index. The worker sleeps until then, or until it asks again."""
    return next(iter(_earliest()), None)


@prepared
def _earliest() -> QuerySet[Promise, datetime | None]:
    waiting = Promise.objects.filter(next_at__isnull=False).order_by("next_at", "id")
    return waiting.values_list("next_at", flat=True)[:1]


def sweep(now: datetime | None = None, *, limit: int = BATCH) -> int:
    """Fire every step that is due, in the order of their times; the number of promises handled.

    Any number of workers may sweep at once: each takes rows that no other holds.
    """
    handled = 0
    while taken := sweep_once(now or clock.now(), limit=limit):
        handled += taken
    return handled


def sweep_once(now: datetime, *, limit: int = BATCH) -> int:
    """One batch in one transaction; 0 when nothing is due or other workers hold all of it."""
    due = next_due()
    if due is None or due > now:
        # An idle worker takes no write lock.
        return 0
    with transaction.atomic():
        rows = _taken(now, limit)
        if rows:
            # Of a full batch only what is due by its last step fires: later rungs cannot overtake other promises.
            horizon = max(row.next_at or now for row in rows) if len(rows) == limit else now
            _fire(courses_of(rows), now, horizon)
        return len(rows)


def _taken(now: datetime, limit: int) -> list[Promise]:
    """The promises due first, locked. A verb that holds one will write its next step itself.

    Skipping what is held also rules out a deadlock with its holder.
    """
    lock = " FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    where = f"FROM {columns.table(Promise)} WHERE next_at <= %s ORDER BY next_at, id LIMIT %s{lock}"
    ids = [pk for (pk,) in columns.read(f"SELECT id {where}", [columns.stamp(now), limit])]
    condition, values = columns.among("id", ids)
    return fetch(Promise, condition, values)


def _fire(courses: list[Course], now: datetime, horizon: datetime) -> None:
    """Evaluate first: what was kept a moment ago breaks nobody's evening."""
    outcomes = [Outcome(course, course.evaluate(now)) for course in courses]
    outcomes.sort(key=_due)
    told = fired_steps(one.course.promise.pk for one in outcomes)
    people = _People()
    news: list[Timed] = []
    for one in outcomes:
        for step, at in one.standing.steps:
            if step != BREACH and at <= horizon and (one.standing.cycle, step) not in told[one.course.promise.pk]:
                news += _escalate(one, step, at, now, people)
    store(outcomes, now, besides=news, fired=told)


def _due(one: Outcome) -> datetime:
    return one.standing.due_at or one.standing.started_at


def _escalate(one: Outcome, step: int, at: datetime, now: datetime, people: "_People") -> list[Timed]:
    """Tell the roles of one rung, as they are filled now; the timer row remembers who that was."""
    promise, rung = one.course.promise, one.course.rule.ladder[step - 1]
    told: list[Timed] = []
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
    one.fired.append(timer(one.standing.cycle, step, at, now, role=",".join(rung.tell), people=everybody))
    return told


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
