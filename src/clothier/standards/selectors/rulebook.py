"""The promises in force, ready for work: effects by event type, versions by number, hours by calendar."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from clothier.eventlog.contracts import event_types
from clothier.standards.models import CalendarVersion, PromiseVersion, StoreTarget
from clothier.standards.rules.calendars import DayBook, ResolvedCalendar, resolve
from clothier.standards.rules.documents.calendars import Calendars
from clothier.standards.rules.documents.promises import Clock, PromiseRule, Promises
from clothier.standards.rules.hours import WALL, CalendarHours, Hours
from clothier.standards.rules.matching import Effect, address, effects
from clothier.standards.rules.turns import as_promise
from clothier.standards.selectors.documents import Edited, edition

# Content never changes under a number, so these may live as long as the process.
_rules: dict[int, PromiseRule] = {}
_books: dict[int, DayBook] = {}
_hours: dict[tuple[int, Clock], CalendarHours] = {}


@dataclass
class Rulebook:
    """One edition of the house rules, compiled."""

    edited: Edited
    rules: dict[str, PromiseRule]
    versions: dict[str, int]
    by_type: dict[str, tuple[Effect, ...]]
    calendars: dict[str, ResolvedCalendar]
    calendar_ids: dict[str, int]
    fallback: str
    defaults: dict[str, dict[str, object]] = field(default_factory=dict)

    @cached_property
    def store_targets(self) -> dict[tuple[str, int], int]:
        rows = StoreTarget.objects.filter(ended_at__isnull=True)
        return {(key, store): seconds for key, store, seconds in rows.values_list("promise_key", "store_id", "seconds")}

    def calendar_for(self, code: str | None) -> int:
        """The number of the calendar under this code, the country's for a code that nobody wrote."""
        return self.calendar_ids.get(code or "", self.calendar_ids[self.fallback])

    def fields_of(self, type_: str) -> dict[str, object]:
        """Default values of an event's fields: the log leaves them out, conditions must see them."""
        found = self.defaults.get(type_)
        if found is None:
            declared = event_types().get(type_)
            shape = declared.model_fields.items() if declared else ()
            found = {name: one.default for name, one in shape if not one.is_required()}
            self.defaults[type_] = found
        return found


_compiled: dict[str, Rulebook] = {}


def rulebook() -> Rulebook:
    """The rulebook in force now; one cheap query when nothing has changed."""
    edited = edition()
    known = _compiled.get("now")
    if known is None or known.edited is not edited:
        known = _compiled["now"] = _compile(edited)
    return known


def _compile(edited: Edited) -> Rulebook:
    promises, calendars = edited.documents["promises"], edited.documents["calendars"]
    cadences = edited.documents["cadences"]
    assert isinstance(promises, Promises)
    assert isinstance(calendars, Calendars)
    # The window is pinned with the promise: a later edition must not reopen a verdict that was final.
    pinned = [
        rule if rule.sync_window is not None else rule.model_copy(update={"sync_window": promises.sync_window})
        for rule in promises.promises
    ]
    pinned += [as_promise(cadence, promises.sync_window) for cadence in getattr(cadences, "cadences", ())]
    resolved = {one.code: resolve(calendars, one.code) for one in calendars.calendars}
    versions = {rule.key: address(rule.pinned()) for rule in pinned}
    numbers = {code: address(one.content()) for code, one in resolved.items()}
    _rules.update({versions[rule.key]: rule for rule in pinned})
    _books.update({numbers[code]: DayBook(one) for code, one in resolved.items() if numbers[code] not in _books})
    return Rulebook(
        edited=edited,
        rules={rule.key: rule for rule in pinned},
        versions=versions,
        by_type=effects(pinned),
        calendars=resolved,
        calendar_ids=numbers,
        fallback=calendars.calendars[0].code,
    )


def rules_of(versions: Iterable[int]) -> dict[int, PromiseRule]:
    """The rules pinned under these numbers, from the process where it knows them."""
    wanted = set(versions)
    if missing := wanted - _rules.keys():
        rows = PromiseVersion.objects.filter(pk__in=missing).values_list("pk", "content")
        _rules.update({pk: PromiseRule.model_validate(content) for pk, content in rows})
    return {pk: _rules[pk] for pk in wanted}


def hours_of(calendar: int | None, clock: Clock) -> Hours:
    """The hours of a pinned calendar; a clock that never stops where none is pinned."""
    if calendar is None or clock is Clock.WALL:
        return WALL
    found = _hours.get((calendar, clock))
    if found is None:
        found = _hours[calendar, clock] = CalendarHours(book_of(calendar), clock)
    return found


def book_of(calendar: int) -> DayBook:
    """The day book of a pinned calendar."""
    if calendar not in _books:
        content = CalendarVersion.objects.get(pk=calendar).content
        _books[calendar] = DayBook(ResolvedCalendar.model_validate(content))
    return _books[calendar]
