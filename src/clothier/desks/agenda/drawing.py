"""A store's days as a page draws them: who is expected, when, with whom, and what is on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from clothier.bookings.contracts import ActivityView, AppointmentView
from clothier.bookings.selectors import activities_between, diary, moments
from clothier.customers.selectors import faces
from clothier.desks.roster import words
from clothier.desks.shell.navigation import url
from clothier.desks.shell.shops import Shop
from clothier.kernel.access import Viewer
from clothier.standards.selectors import opening_hours

TONES = {"booked": "", "arrived": "good", "cancelled": "", "missed": "warn"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment in words. `first` and `rows` are its place in a day's drawing, in quarters of an hour."""

    view: AppointmentView
    who: str
    badge: str
    time: str
    tone: str
    first: int = 0
    rows: int = 1

    @property
    def href(self) -> str:
        return url("agenda:appointment", self.view.id)


@dataclass(frozen=True, slots=True)
class Column:
    """One colleague's day, or that of rooms and desks."""

    name: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    long: str
    weekday: str
    label: str
    today: bool
    opening: str
    entries: list[Entry]
    activities: list[ActivityView]

    @property
    def expected(self) -> int:
        return sum(entry.view.state == "booked" for entry in self.entries)

    @property
    def iso(self) -> str:
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Grid:
    """The hours down, from the first appointment to the last; the colleagues across."""

    hours: list[tuple[int, str]]
    rows: int
    columns: list[Column]


def span_of(shop: Shop, first: date, days: int = 1) -> tuple[datetime, datetime]:
    """From midnight to midnight on the store's clock."""
    return _midnight(shop, first), _midnight(shop, first + timedelta(days=days))


def drawn_days(viewer: Viewer, shop: Shop, first: date, days: int, *, employee: int | None = None) -> list[Day]:
    """A week costs as many queries as a day."""
    since, until = span_of(shop, first, days)
    views = diary(viewer, store=shop.id, since=since, until=until, employee=employee)
    entries: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in drawn(viewer, shop, views):
        entries[shop.local_day(entry.view.start)].append(entry)
    activities = activities_between(viewer, store=shop.id, since=since, until=until)
    dates = [first + timedelta(days=n) for n in range(days)]
    hours = opening_hours(shop.calendar, dates)
    return [_day(shop, day, hours[day], entries[day], activities) for day in dates]


@dataclass(frozen=True, slots=True)
class Choice:
    """A day that can be chosen; `busy`: something is on."""

    day: date
    weekday: str
    busy: bool

    @property
    def iso(self) -> str:
        return self.day.isoformat()


def choices(viewer: Viewer, shop: Shop, monday: date, *, employee: int | None = None) -> list[Choice]:
    """The days of a week; who comes is asked for the one that is chosen alone."""
    since, until = span_of(shop, monday, 7)
    busy = {shop.local_day(at) for at in moments(viewer, store=shop.id, since=since, until=until, employee=employee)}
    activities = activities_between(viewer, store=shop.id, since=since, until=until)
    days = [monday + timedelta(days=n) for n in range(7)]
    return [Choice(day, words.weekday(day), day in busy or bool(_on(shop, day, activities))) for day in days]


def drawn(viewer: Viewer, shop: Shop, views: Iterable[AppointmentView]) -> list[Entry]:
    """With the customers' names, asked for once."""
    found = list(views)
    known = faces(viewer, [view.customer_id for view in found])
    return [_entry(shop, view, known.get(view.customer_id)) for view in found]


def grid(day: Day) -> Grid:
    """A day's drawing: cancelled ones leave their place to others."""
    shown = [entry for entry in day.entries if entry.view.state != "cancelled"]
    first = min((entry.first for entry in shown), default=0) // 4
    last = max((entry.first + entry.rows for entry in shown), default=0)
    columns: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in shown:
        place = entry.view.employee or (_("试衣间 %(n)s") % {"n": entry.view.place} if entry.view.place else _("其他"))
        if not entry.view.employee and entry.view.service not in ("fitting_room", ""):
            place = entry.view.service_name
        columns[place].append(_shifted(entry, first * 4))
    hours = [((hour - first) * 4, f"{hour % 24:02d}:00") for hour in range(first, -(-last // 4))]
    return Grid(hours, len(hours) * 4, [Column(name, found) for name, found in sorted(columns.items())])


def clock_of(shop: Shop, start: datetime, end: datetime) -> str:
    return words.span(start, end, shop.zone)


def _shifted(entry: Entry, by: int) -> Entry:
    return Entry(entry.view, entry.who, entry.badge, entry.time, entry.tone, entry.first - by, entry.rows)


def _entry(shop: Shop, view: AppointmentView, face: Any) -> Entry:
    who = " ".join(filter(None, (face.name, face.title))) if face else _("一位顾客")
    at = view.start.astimezone(shop.zone)
    return Entry(
        view=view,
        who=who,
        badge=face.layer_name if face and face.layer in ("vip", "high_frequency") else "",
        time=words.span(view.start, view.end, shop.zone),
        tone="bad" if not view.staffed else TONES[view.state],
        first=at.hour * 4 + at.minute // 15,
        rows=max(round((view.end - view.start) / timedelta(minutes=15)), 1),
    )


def _day(shop: Shop, day: date, hours: Any, entries: list[Entry], activities: list[ActivityView]) -> Day:
    return Day(
        day=day,
        long=words.long_day(day),
        weekday=words.weekday(day),
        label=words.day_label(day),
        today=day == shop.today,
        opening=" / ".join(words.span(start, end, shop.zone) for start, end in hours),
        entries=entries,
        activities=_on(shop, day, activities),
    )


def _on(shop: Shop, day: date, activities: list[ActivityView]) -> list[ActivityView]:
    since, until = span_of(shop, day)
    return [one for one in activities if one.start < until and one.end > since]


def _midnight(shop: Shop, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=shop.zone).astimezone(UTC)
