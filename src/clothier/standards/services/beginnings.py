"""How a promise begins: its pinned versions, whom it is about, and the time it allows."""

from django.utils.dateparse import parse_datetime

from clothier.kernel.rows import new
from clothier.standards.contracts import customer_tiers, store_directory
from clothier.standards.models import Promise
from clothier.standards.rules.documents.promises import Clock
from clothier.standards.rules.facts import Kind, bounded
from clothier.standards.selectors.courses import Course
from clothier.standards.selectors.rulebook import Rulebook, hours_of
from clothier.standards.services.touches import Touch


class Beginnings:
    """Begins promises for one batch of events; stores' calendars and customers' tiers are asked for once."""

    def __init__(self, book: Rulebook, starts: list[Touch]) -> None:
        self.book = book
        self.calendars = _calendars(starts)
        self.tiers = _tiers(starts)

    def begin(self, touch: Touch) -> Course:
        """The promise this event starts, with its first fact; not written yet."""
        rule, entry = touch.effect.rule, touch.entry
        calendar = None
        if rule.clock is not Clock.WALL:
            calendar = self.book.calendar_for(self.calendars.get(entry.store_id or 0))
        course = Course(promise=self._row(touch, calendar), rule=rule, hours=hours_of(calendar, rule.clock))
        course.add(
            Kind.START,
            at=entry.occurred_at,
            recorded_at=entry.recorded_at,
            seconds=self._allowed(course, touch),
            entry=entry.id,
            actor=entry.actor_id,
        )
        return course

    def target(self, course: Course) -> int:
        """Seconds that the rule and the store allow this promise, by its channel, severity and tier as they are."""
        promise = course.promise
        own = self.book.store_targets.get((promise.key, promise.store_id)) if promise.store_id else None
        return course.rule.target(channel=promise.channel, severity=promise.severity, tier=promise.tier, store=own)

    def _row(self, touch: Touch, calendar: int | None) -> Promise:
        rule, entry, fields = touch.effect.rule, touch.entry, touch.fields
        return new(
            Promise,
            key=rule.key,
            version_id=self.book.versions[rule.key],
            calendar_id=calendar,
            subject_kind=touch.subject.kind,
            subject_id=touch.subject.id,
            period=str(fields.get("period") or ""),
            store_id=entry.store_id,
            zone_id=fields.get("zone_id"),
            customer_id=entry.customer_id,
            owner_id=fields.get(rule.owner_field or "owner_id") or (entry.actor_id if rule.personal else None),
            channel=str(fields.get("channel") or ""),
            severity=str(fields.get("severity") or ""),
            tier=str(fields.get("tier") or self.tiers.get(entry.customer_id or 0, "")),
            created_at=entry.recorded_at,
        )

    def _allowed(self, course: Course, touch: Touch) -> int:
        """What came with the event where the rule says so, else what the rule and the store allow."""
        given, entry, fields = course.rule.given, touch.entry, touch.fields
        if given and given.due and (due := parse_datetime(str(fields.get(given.due) or ""))):
            at = bounded(Kind.START, entry.occurred_at, entry.recorded_at, course.rule.sync_window or 0)
            return max(1, int(course.hours.between(at, due).total_seconds()))
        if given and given.seconds and (agreed := fields.get(given.seconds)):
            return min(int(agreed), given.at_most or int(agreed))
        return self.target(course)


def _calendars(starts: list[Touch]) -> dict[int, str]:
    stores = {
        touch.entry.store_id
        for touch in starts
        if touch.entry.store_id is not None and touch.effect.rule.clock is not Clock.WALL
    }
    return {facts.id: facts.calendar for facts in store_directory.ask(stores)} if stores else {}


def _tiers(starts: list[Touch]) -> dict[int, str]:
    customers = {t.entry.customer_id for t in starts if t.entry.customer_id is not None and t.effect.rule.tier}
    return customer_tiers.ask(customers) if customers else {}
