"""The promises that a batch of events may move: fetched and locked together, new ones begun."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from clothier.kernel import columns
from clothier.kernel.rows import fetch, marks
from clothier.standards.models import Promise
from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.rules.facts import Kind
from clothier.standards.selectors.courses import Course, courses_of
from clothier.standards.selectors.rulebook import Rulebook
from clothier.standards.services.beginnings import Beginnings
from clothier.standards.services.touches import Thing, Touch

_UNCLOSING = (Kind.REOPEN, Kind.UNDO)


class Shelf:
    """The promises that a batch of events may move: those in the database and those the batch itself starts."""

    def __init__(self, book: Rulebook, touches: list[Touch], now: datetime) -> None:
        self.book, self.now = book, now
        self.by_thing: dict[Thing, list[Course]] = defaultdict(list)
        self.by_customer: dict[tuple[str, int], list[Course]] = defaultdict(list)
        for course in courses_of(_lock(touches, now)):
            self._put(course)
        starts = [touch for touch in touches if touch.effect.kind is Kind.START]
        self.beginnings = Beginnings(book, starts)

    def touched_by(self, touch: Touch) -> list[Course]:
        kind = touch.effect.kind
        if kind is Kind.START:
            started = self._start(touch)
            return [started] if started else []
        courses = [course for course in self._courses(touch) if _concerns(course, touch)]
        for course in courses:
            self._note(course, touch)
        return courses

    def _courses(self, touch: Touch) -> list[Course]:
        if touch.effect.condition.by == "customer":
            key = touch.effect.rule.key
            return self.by_customer[key, touch.entry.customer_id] if touch.entry.customer_id else []
        courses = self.by_thing[touch.thing]
        return [_meant(courses, touch.entry.occurred_at)] if courses else []

    def _start(self, touch: Touch) -> Course | None:
        """A new promise, unless one runs already, or this kind is made once and was made, or it is history."""
        rule, entry = touch.effect.rule, touch.entry
        existing = self.by_thing[touch.thing]
        if any(self._blocks(course, again=rule.repeat) for course in existing):
            return None
        if entry.recorded_at - entry.occurred_at > timedelta(seconds=rule.sync_window or 0):
            return None
        course = self.beginnings.begin(touch)
        self._put(course)
        return course

    def _blocks(self, course: Course, *, again: bool) -> bool:
        """One that runs blocks another; where there is only one of a kind, so does any that was not cancelled."""
        if course.fresh:
            # Moved by this very batch: only evaluating tells whether it has just been closed.
            course.evaluate(self.now)
        promise = course.promise
        return promise.closed_at is None or not (again or promise.state == promise.State.CANCELLED)

    def _note(self, course: Course, touch: Touch) -> None:
        entry, kind, promise = touch.entry, touch.effect.kind, course.promise
        if kind is Kind.KEEP and course.rule.personal and promise.owner_id is None:
            # Nobody had it when it began: it is told of whoever answered.
            promise.owner_id = entry.actor_id
        course.add(
            kind,
            at=entry.occurred_at,
            recorded_at=entry.recorded_at,
            part=touch.effect.condition.part if kind is Kind.UNDO else touch.effect.part,
            seconds=self._retargeted(course, touch) if kind is Kind.RETARGET else None,
            reason=_reason(course.rule, touch),
            entry=entry.id,
            actor=entry.actor_id,
        )

    def _retargeted(self, course: Course, touch: Touch) -> int:
        for name in ("channel", "severity", "tier"):
            if name in touch.fields:
                setattr(course.promise, name, str(touch.fields[name] or ""))
        return self.beginnings.target(course)

    def _put(self, course: Course) -> None:
        promise = course.promise
        self.by_thing[promise.key, promise.subject_kind, promise.subject_id].append(course)
        if promise.customer_id is not None and promise.closed_at is None:
            self.by_customer[promise.key, promise.customer_id].append(course)


def _meant(courses: list[Course], at: datetime) -> Course:
    """The promise an event speaks of: the newest that had begun by then, else the newest."""
    begun = [course for course in courses if course.facts[0].at <= at]
    return (begun or courses)[-1]


def _concerns(course: Course, touch: Touch) -> bool:
    """A closed promise is moved only by reopening, or by a fact said late while its verdict is provisional."""
    closed, final = course.promise.closed_at, course.promise.final_at
    if closed is None or touch.effect.kind in _UNCLOSING:
        return True
    return final is not None and touch.entry.recorded_at < final and touch.entry.occurred_at <= closed


def _reason(rule: PromiseRule, touch: Touch) -> str:
    """The reason is the event's own, or the value by which the condition chose it; a resume may name none."""
    if touch.effect.kind is Kind.UNDO:
        return touch.effect.condition.takes_back
    if touch.effect.kind not in (Kind.PAUSE, Kind.RESUME):
        return ""
    named = touch.fields.get("reason")
    if named is None:
        named = next((touch.fields.get(name) for name in touch.effect.condition.where), None)
    reasons = rule.pausing.reasons if rule.pausing else ()
    return str(named)[:40] if named in reasons or touch.effect.kind is Kind.PAUSE else ""


def _lock(touches: list[Touch], now: datetime) -> list[Promise]:
    """The promises concerned, locked in the order of their ids so that two batches cannot wait for each other."""
    late = any(touch.entry.recorded_at - touch.entry.occurred_at > timedelta(seconds=2) for touch in touches)
    whole = {t.effect.rule.key for t in touches if t.effect.kind in _UNCLOSING or not t.effect.rule.repeat}
    things: dict[str, set[int]] = defaultdict(set)
    customers: set[int] = set()
    for touch in touches:
        if touch.effect.condition.by == "customer":
            customers.update([touch.entry.customer_id] if touch.entry.customer_id else [])
        else:
            things[touch.subject.kind].add(touch.subject.id)
    keys = {touch.effect.rule.key for touch in touches}
    reached, wanted = _reach(sorted(whole), now if late else None)
    rows: dict[int, Promise] = {}
    for kind, ids in things.items():
        these, told = columns.among("subject_id", ids)
        mine = f"subject_kind = %s AND {these} AND key IN ({marks(keys)}) AND ({reached})"
        rows |= {row.pk: row for row in fetch(Promise, mine, [kind, *told, *keys, *wanted], hold=True)}
    if customers:
        these, told = columns.among("customer_id", customers)
        theirs = f"{these} AND key IN ({marks(keys)}) AND closed_at IS NULL"
        rows |= {row.pk: row for row in fetch(Promise, theirs, [*told, *keys], hold=True)}
    return [rows[pk] for pk in sorted(rows)]


def _reach(whole: list[str], late_at: datetime | None) -> tuple[str, list[Any]]:
    """Which promises an event may still move: open ones, any of a kind made once, provisional ones for late facts."""
    conditions: list[str] = []
    values: list[Any] = [*whole]
    if whole:
        conditions.append(f"key IN ({marks(whole)})")
    if late_at:
        conditions.append("final_at > %s")
        values.append(connection.ops.adapt_datetimefield_value(late_at))
    if not conditions:
        return "closed_at IS NULL", values
    # Said as OR, a planner that believes few are open reads all of them: a million, for one arrival.
    return f"CASE WHEN closed_at IS NULL THEN TRUE ELSE {' OR '.join(conditions)} END", values
