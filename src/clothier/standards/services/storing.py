"""Writing evaluated promises back: rows, facts, the next timer, verdicts, and the news of a breach."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from clothier.eventlog.contracts import Event
from clothier.eventlog.services import Note, record_all
from clothier.kernel.refs import Ref
from clothier.kernel.rows import insert, new, update
from clothier.standards.events import PromiseBroken, PromiseCorrected
from clothier.standards.models import CalendarVersion, ClockEvent, Promise, PromiseVersion, Timer, Verdict
from clothier.standards.rules.facts import BREACH, CycleVerdict, Standing, next_moment
from clothier.standards.selectors.courses import CACHED, Course, FiredSteps, fired_steps
from clothier.standards.selectors.rulebook import book_of, rules_of

# Something to record, and the moment that it is about.
Timed = tuple[datetime, Note]
_stored: set[int] = set()
_WRITTEN = (*CACHED, "next_at", "seen_at", "channel", "severity", "tier", "owner_id")


@dataclass
class Outcome:
    """A course as evaluated, with the timers that fired on it just now."""

    course: Course
    standing: Standing
    fired: list[Timer] = field(default_factory=list)


def store(
    outcomes: Sequence[Outcome], now: datetime, *, besides: Iterable[Timed] = (), fired: FiredSteps | None = None
) -> None:
    """Write everything in a handful of statements. Call it inside the verb's transaction, promises locked.

    The news of breaches goes to the log in the order of their times, and among them what is to be told `besides`.
    `fired` are the steps that fired on these promises earlier, where the caller has asked already.
    """
    if not outcomes:
        return
    fired = _fired_before(outcomes) if fired is None else fired
    for one in outcomes:
        promise = one.course.promise
        _rearm(one, fired[promise.id])
        just_now = {(timer.cycle, timer.step) for timer in one.fired}
        promise.next_at = next_moment(one.standing, fired[promise.id] | just_now)
    _update_promises([one.course for one in outcomes if not one.course.new])
    _insert_promises([one.course for one in outcomes if one.course.new])
    _append_facts(outcomes)
    # At the same time the breach comes first, and then the first rung.
    news = sorted([*_pass_verdicts(outcomes, now), *besides], key=_by_time)
    _keep_fired(outcomes, fired)
    if news:
        # Last, so that whoever listens to a breach reads the promise as it now stands.
        record_all([told for _, told in news])


def _by_time(one: Timed) -> datetime:
    return one[0]


def _update_promises(courses: list[Course]) -> None:
    """Only columns that changed in one of them: a column named pays for its indexes, whatever it said before."""
    changed = [
        name for name in _WRITTEN if any(course.promise.__dict__[name] != course.before[name] for course in courses)
    ]
    if changed:
        update([course.promise for course in courses], changed)


def _insert_promises(courses: list[Course]) -> None:
    if not courses:
        return
    promises = [course.promise for course in courses]
    calendars = {promise.calendar_id for promise in promises if promise.calendar_id is not None}
    keep_versions({promise.version_id for promise in promises}, calendars, promises[0].created_at)
    insert(promises)


def keep_versions(numbers: set[int], calendars: set[int], at: datetime) -> None:
    """See that the pinned versions are rows. Only a committed row is remembered: a rolled-back one is no row."""
    if (numbers | calendars) <= _stored:
        return
    rules = rules_of(numbers)
    PromiseVersion.objects.bulk_create(
        [
            PromiseVersion(id=pk, key=rules[pk].key, content=rules[pk].pinned(), first_seen_at=at)
            for pk in sorted(numbers)
        ],
        ignore_conflicts=True,
    )
    books = {pk: book_of(pk).calendar for pk in sorted(calendars)}
    CalendarVersion.objects.bulk_create(
        [CalendarVersion(id=pk, code=one.code, content=one.content(), first_seen_at=at) for pk, one in books.items()],
        ignore_conflicts=True,
    )
    transaction.on_commit(lambda: _stored.update(numbers | calendars))


def _append_facts(outcomes: Iterable[Outcome]) -> None:
    rows: list[ClockEvent] = []
    for one in outcomes:
        for row in one.course.fresh:
            row.promise_id = one.course.promise.id
        rows += one.course.fresh
    insert(rows)


def _pass_verdicts(outcomes: Sequence[Outcome], now: datetime) -> list[Timed]:
    """Verdicts that are new, and revisions of provisional ones; the news to record about them."""
    settled = [one for one in outcomes if one.standing.verdicts]
    known = _latest_verdicts([one for one in settled if one.course.judged])
    rows: list[Verdict] = []
    news: list[Timed] = []
    for one in settled:
        for verdict in one.standing.verdicts:
            before = known.get((one.course.promise.id, verdict.cycle))
            if _changes(before, verdict, now):
                rows.append(_row(one.course, verdict, before, now))
                news += _news(one, verdict, before, now)
    insert(rows)
    return news


def _latest_verdicts(outcomes: list[Outcome]) -> dict[tuple[int, int], Verdict]:
    pks = [one.course.promise.id for one in outcomes]
    if not pks:
        return {}
    rows = Verdict.objects.filter(promise_id__in=pks).order_by("promise_id", "cycle", "revision")
    return {(row.promise_id, row.cycle): row for row in rows}


def _changes(before: Verdict | None, verdict: CycleVerdict, now: datetime) -> bool:
    if before is None:
        return True
    same = (before.outcome, before.settled_at) == (verdict.outcome, verdict.settled_at)
    return not same and now < before.final_at


def _row(course: Course, verdict: CycleVerdict, before: Verdict | None, now: datetime) -> Verdict:
    return new(
        Verdict,
        promise_id=course.promise.id,
        cycle=verdict.cycle,
        revision=before.revision + 1 if before else 1,
        outcome=verdict.outcome,
        target_seconds=verdict.target_seconds,
        elapsed_seconds=verdict.elapsed_seconds,
        due_at=verdict.due_at,
        settled_at=verdict.settled_at,
        final_at=verdict.final_at,
        given_at=now,
    )


def _news(one: Outcome, verdict: CycleVerdict, before: Verdict | None, now: datetime) -> list[Timed]:
    promise = one.course.promise
    told = {"promise_id": promise.id, "promise_key": promise.key, "subject": str(promise.subject)}
    # One that ran again until now, because a slip was taken back, breaks as if for the first time.
    ran = one.course.before.get("settled_at") is None and verdict.cycle == one.standing.cycle
    if not (verdict.outcome == "broken" and (before is None or ran)):
        if before is None or before.outcome == verdict.outcome:
            return []
        corrected = PromiseCorrected(**told, cycle=verdict.cycle, outcome=verdict.outcome)
        return [(now, note(promise, corrected, now))]
    late = (now - verdict.settled_at).total_seconds()
    due = verdict.due_at or verdict.settled_at
    one.fired.append(timer(verdict.cycle, BREACH, due, now, role=one.course.rule.owner))
    broken = PromiseBroken(
        **told,
        cycle=verdict.cycle,
        target_seconds=verdict.target_seconds,
        owner_id=promise.owner_id,
        late_seconds=round(late, 3),
    )
    return [(due, note(promise, broken, now))]


def timer(cycle: int, step: int, at: datetime, now: datetime, *, role: str, people: Sequence[int] = ()) -> Timer:
    """A step that fires now and should have at `at`; its promise is filled in when it is stored."""
    return new(Timer, cycle=cycle, step=step, fire_at=at, fired_at=now, role=role[:40], employee_ids=list(people))


def note(promise: Promise, event: Event, at: datetime) -> Note:
    """An event about a promise, in its store and of its customer."""
    return Note(event, Ref("promise", promise.id), customer=promise.customer_id, store=promise.store_id, occurred_at=at)


def _fired_before(outcomes: Iterable[Outcome]) -> FiredSteps:
    """Steps that fired on these promises earlier; asked only where something may fire again."""
    return fired_steps(
        one.course.promise.id
        for one in outcomes
        if not one.course.new and (one.fired or one.standing.steps or one.course.judged)
    )


def _rearm(one: Outcome, fired: set[tuple[int, int]]) -> None:
    """A fact said late may give a broken promise more time: its breach never was, and may yet come."""
    breach = (one.standing.cycle, BREACH)
    if breach in fired and any(step == BREACH for step, _ in one.standing.steps):
        Timer.objects.filter(promise=one.course.promise, step=BREACH, cycle=one.standing.cycle).delete()
        fired.discard(breach)


def _keep_fired(outcomes: Iterable[Outcome], fired: FiredSteps) -> None:
    rows: list[Timer] = []
    for one in outcomes:
        # A late correction may break a cycle a second time: its breach has fired already and stays as it was.
        fresh = [timer for timer in one.fired if (timer.cycle, timer.step) not in fired[one.course.promise.id]]
        for timer in fresh:
            timer.promise_id = one.course.promise.id
        rows += fresh
    insert(rows)
