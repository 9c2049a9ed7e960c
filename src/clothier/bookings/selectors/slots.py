"""Free times, computed from the house rules, the opening hours, the roster and what is taken; never stored."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clothier.bookings import rules
from clothier.bookings.contracts import Bookable, Resource, Slot, rooms_of
from clothier.bookings.models import Hold
from clothier.bookings.rules.slots import Span, merged
from clothier.kernel import clock
from clothier.places.selectors import store as store_by_id
from clothier.staff.selectors import on_shift
from clothier.standards.selectors import document, opening_hours

# An address or a form may name any two days; more than this at once is asked for by nobody.
LONGEST = 62
# Where the next free times are looked for when one was taken.
AHEAD = 14


@dataclass(frozen=True, slots=True)
class Place:
    """What free time needs of a store."""

    id: int
    calendar: str
    zone: ZoneInfo


def place(store: int) -> Place | None:
    """A store that receives customers; None for online and closed ones."""
    row = store_by_id(store)
    if row is None or row.closed_on is not None or row.kind == "online":
        return None
    return Place(row.pk, row.calendar, ZoneInfo(row.zone_info))


def slots(
    *,
    store: int,
    service: str,
    first: date,
    last: date | None = None,
    staff: bool = False,
    employee: int | None = None,
    ignoring: int | None = None,
) -> list[Slot]:
    """The times that can be booked on local days from `first` to `last`, both included.

    `staff` may book at once, without the lead time. `employee`: only with this colleague. `ignoring`: as if this
    appointment were not there, for moving it. Nothing for a service nobody offers. At most two months at once.
    """
    rule, where = document("bookings").find(service), place(store)
    if rule is None or where is None:
        return []
    last = min(last or first, first + timedelta(days=LONGEST))
    days = [first + timedelta(days=n) for n in range(-1, (last - first).days + 1)]
    now = clock.now()
    since = _midnight(first, where.zone)
    begin = max(since, now + timedelta(seconds=0 if staff else rule.lead))
    end = min(_midnight(last + timedelta(days=1), where.zone) - rules.QUARTER, now + timedelta(seconds=rule.horizon))
    spans = [span for day in opening_hours(where.calendar, days).values() for span in day]
    at = _starts(rule, spans, begin, end)
    return _with_whom(rule, where, at, spans, employee=employee, ignoring=ignoring) if at else []


def offers(
    *, store: int, service: str, after: datetime, staff: bool = False, ignoring: int | None = None
) -> list[Slot]:
    """The next free times from a moment on, as many as the house rules say."""
    where = place(store)
    if where is None:
        return []
    wanted = document("bookings").offers
    day = max(after, clock.now()).astimezone(where.zone).date()
    ahead = day + timedelta(days=AHEAD)
    found = slots(store=store, service=service, first=day, last=ahead, staff=staff, ignoring=ignoring)
    return [slot for slot in found if slot.start >= after][:wanted] or found[:wanted]


def _starts(rule: Bookable, spans: Iterable[Span], begin: datetime, end: datetime) -> list[datetime]:
    every, lasts = timedelta(seconds=rule.every), timedelta(seconds=rule.lasts)
    return list(rules.starts(spans, every=every, lasts=lasts, earliest=begin, latest=end))


def _with_whom(
    rule: Bookable,
    where: Place,
    at: list[datetime],
    spans: list[Span],
    *,
    employee: int | None,
    ignoring: int | None,
) -> list[Slot]:
    lasts, buffer = timedelta(seconds=rule.lasts), timedelta(seconds=rule.buffer)
    present = _present(rule, where, at[0], at[-1] + lasts, spans)
    if employee is not None:
        present = {one: there for one, there in present.items() if one.kind == "person" and one.number == employee}
    taken = _taken(list(present), rules.tick(at[0]), rules.tick(at[-1] + lasts + buffer), ignoring)
    found = (
        Slot(rule.key, start, start + lasts, tuple(free))
        for start in at
        if (free := rules.first_free(start, lasts=lasts, buffer=buffer, present=present, taken=taken))
    )
    return list(found)


def _present(
    rule: Bookable, where: Place, since: datetime, until: datetime, spans: list[Span]
) -> dict[Resource, list[Span]]:
    """Everyone or everything that could be there, and when."""
    if rule.needs == "person":
        return _crew(rule, where, since, until)
    if rule.needs == "room":
        rooms = rooms_of.ask(where.id)
        return {Resource("room", room.id, room.number): spans for room in rooms[: max(len(rooms) - rule.kept, 0)]}
    return {Resource(f"{rule.key}.{n}", where.id, str(n)): spans for n in range(1, rule.desks + 1)}


def _crew(rule: Bookable, where: Place, since: datetime, until: datetime) -> dict[Resource, list[Span]]:
    shifts: defaultdict[Resource, list[Span]] = defaultdict(list)
    for shift in on_shift(store=where.id, start=since, end=until):
        skilled = not rule.skill or rule.skill in shift.skills
        if skilled and shift.left_on is None and (not rule.posts or shift.post in rule.posts):
            shifts[Resource("person", shift.employee_id, shift.name)].append((shift.starts_at, shift.ends_at))
    return {one: merged(spans) for one, spans in shifts.items()}


def _taken(resources: list[Resource], low: int, high: int, ignoring: int | None) -> dict[Resource, set[int]]:
    known = {(one.kind, one.number): one for one in resources}
    kinds, numbers = {one.kind for one in resources}, {one.number for one in resources}
    holds = Hold.objects.filter(kind__in=kinds, number__in=numbers, tick__gte=low, tick__lte=high)
    if ignoring is not None:
        holds = holds.exclude(appointment=ignoring)
    taken: defaultdict[Resource, set[int]] = defaultdict(set)
    for kind, number, tick in holds.values_list("kind", "number", "tick"):
        if one := known.get((kind, number)):
            taken[one].add(tick)
    return taken


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
