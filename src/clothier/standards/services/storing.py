"""Writing evaluated promises back: rows, facts, the next timer, verdicts, and the news of a breach."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from clothier.eventlog.contracts import Event
from clothier.eventlog.services import Note, record_all
from clothier.kernel.refs import Ref
from clothier.kernel.rows import delete, marks
from clothier.standards.events import PromiseBroken, PromiseCorrected
from clothier.standards.models import CalendarVersion, ClockEvent, Promise, PromiseVersion, Timer, Verdict
from clothier.standards.rules.facts import CycleVerdict, Standing
from clothier.standards.selectors.courses import CACHED, Course
from clothier.standards.selectors.rulebook import book_of, rules_of
from clothier.standards.services.rows import insert, update

BREACH, PAUSE_END = 0, -1
_stored: set[int] = set()
_WRITTEN = [*CACHED, "seen_at", "channel", "severity", "tier", "owner_id"]


@dataclass
class Outcome:
    """A course as evaluated, with the timers that fired on it just now."""

    course: Course
    standing: Standing
    fired: list[Timer] = field(default_factory=list)


def store(outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write everything in a handful of statements. Call it inside the verb's transaction, promises locked."""
    if not outcomes:
        return
    update([one.course.promise for one in outcomes if not one.course.new], _WRITTEN)
    _insert_promises([one.course for one in outcomes if one.course.new])
    _append_facts(outcomes)
    news = _pass_verdicts(outcomes, now)
    _set_timers(outcomes)
    if news:
        # Last, so that whoever listens to a breach reads the promise as it now stands.
        record_all(news)


def _insert_promises(courses: list[Course]) -> None:
    if not courses:
        return
    _keep_versions({course.promise.version_id for course in courses}, [course.promise for course in courses])
    insert([course.promise for course in courses], ids=True)
    for course in courses:
        course.was = ("new", None)


def _keep_versions(numbers: set[int], promises: list[Promise]) -> None:
    """See that the pinned versions are rows. Only a committed row is remembered: a rolled-back one is no row."""
    calendars = {promise.calendar_id for promise in promises if promise.calendar_id is not None}
    if (numbers | calendars) <= _stored:
        return
    at = promises[0].created_at
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
            row.promise_id = one.course.promise.pk
        rows += one.course.fresh
    insert(rows)


def _pass_verdicts(outcomes: Sequence[Outcome], now: datetime) -> list[Note]:
    """Verdicts that are new, and revisions of provisional ones; the news to record about them."""
    settled = [one for one in outcomes if one.standing.verdicts]
    known = _latest_verdicts([one for one in settled if one.course.judged])
    rows: list[Verdict] = []
    news: list[Note] = []
    for one in settled:
        for verdict in one.standing.verdicts:
            before = known.get((one.course.promise.pk, verdict.cycle))
            if _changes(before, verdict, now):
                rows.append(_row(one.course, verdict, before, now))
                news += _news(one, verdict, before, now)
    insert(rows)
    return news


def _latest_verdicts(outcomes: list[Outcome]) -> dict[tuple[int, int], Verdict]:
    pks = [one.course.promise.pk for one in outcomes]
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
    return Verdict(
        promise_id=course.promise.pk,
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


def _news(one: Outcome, verdict: CycleVerdict, before: Verdict | None, now: datetime) -> list[Note]:
    promise = one.course.promise
    told = {"promise_id": promise.pk, "promise_key": promise.key, "subject": str(promise.subject)}
    # One that ran again until now, because a slip was taken back, breaks as if for the first time.
    ran = one.course.was[1] is None and verdict.cycle == one.standing.cycle
    if not (verdict.outcome == "broken" and (before is None or ran)):
        if before is None or before.outcome == verdict.outcome:
            return []
        corrected = PromiseCorrected(**told, cycle=verdict.cycle, outcome=verdict.outcome)
        return [note(promise, corrected, now)]
    late = (now - verdict.settled_at).total_seconds()
    due = verdict.due_at or verdict.settled_at
    one.fired.append(Timer(step=BREACH, cycle=verdict.cycle, fire_at=due, fired_at=now, role=one.course.rule.owner))
    broken = PromiseBroken(
        **told,
        cycle=verdict.cycle,
        target_seconds=verdict.target_seconds,
        owner_id=promise.owner_id,
        late_seconds=round(late, 3),
    )
    return [note(promise, broken, now)]


def note(promise: Promise, event: Event, at: datetime) -> Note:
    """An event about a promise, in its store and of its customer."""
    return Note(event, Ref("promise", promise.pk), customer=promise.customer_id, store=promise.store_id, occurred_at=at)


def _set_timers(outcomes: Sequence[Outcome]) -> None:
    """Exactly one timer waits for every open promise: the next thing that will happen by itself."""
    old = [one.course.promise.pk for one in outcomes if one.course.was[0] != "new"]
    fired: dict[int, set[tuple[int, int]]] = defaultdict(set)
    if old:
        delete(Timer, f"fired_at IS NULL AND promise_id IN ({marks(old)})", old)
        still_open = [one.course.promise.pk for one in outcomes if one.standing.steps and one.course.was[0] != "new"]
        rows = Timer.objects.filter(promise_id__in=still_open) if still_open else Timer.objects.none()
        for pk, step, cycle in rows.values_list("promise_id", "step", "cycle"):
            fired[pk].add((step, cycle))
    for one in outcomes:
        _rearm(one, fired[one.course.promise.pk])
    waiting: list[Timer] = []
    for one in outcomes:
        pk = one.course.promise.pk
        # A late correction may break a cycle a second time: its breach has fired already and stays as it was.
        one.fired = [timer for timer in one.fired if (timer.step, timer.cycle) not in fired[pk]]
        for timer in one.fired:
            timer.promise_id = pk
            fired[pk].add((timer.step, timer.cycle))
        waiting += one.fired
        if upcoming := next_timer(one.standing, fired[pk]):
            step, at = upcoming
            waiting.append(Timer(promise_id=pk, step=step, cycle=one.standing.cycle, fire_at=at))
    insert(waiting, ignore=True)


def _rearm(one: Outcome, fired: set[tuple[int, int]]) -> None:
    """A fact said late may give a broken promise more time: its breach never was, and may yet come."""
    breach = (BREACH, one.standing.cycle)
    if breach in fired and any(step == BREACH for step, _ in one.standing.steps):
        Timer.objects.filter(promise=one.course.promise, step=BREACH, cycle=one.standing.cycle).delete()
        fired.discard(breach)


def next_timer(standing: Standing, fired: set[tuple[int, int]]) -> tuple[int, datetime] | None:
    """(step, moment) of the next timer; the end of a pause counts as one."""
    waiting = [(at, step) for step, at in standing.steps if (step, standing.cycle) not in fired]
    if standing.paused_until:
        waiting.append((standing.paused_until, PAUSE_END))
    if not waiting:
        return None
    at, step = min(waiting)
    return step, at
