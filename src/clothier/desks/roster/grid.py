"""The week of a store as its pages draw it: people down, days across, and what nobody covers on top."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from clothier.desks.roster import words
from clothier.desks.roster.addresses import add_address
from clothier.desks.roster.drawing import Cell, Day, Gap, Row, Stint, Week
from clothier.desks.roster.opening import Opening
from clothier.desks.roster.rules import Span, days_of, monday_of, needs_of, uncovered, worked
from clothier.desks.roster.shop import Shop
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.staff.contracts import Colleague, ShiftView
from clothier.staff.selectors import crew_for, post_name, shifts_for


def week_for(viewer: Viewer, shop: Shop, hours: Mapping[date, Opening], day: date) -> Week:
    """The week that holds a day; the same number of queries for three people and for sixty."""
    days = days_of(monday_of(day))
    # A day more at both ends: a night shift belongs to the day it starts on, and covers the hours after midnight.
    since, until = (_midnight(at, shop) for at in (days[0] - timedelta(days=1), days[-1] + timedelta(days=2)))
    crew = crew_for(viewer, store=shop.id)
    shifts = shifts_for(viewer, since=since, until=until, store=shop.id, people=[one.id for one in crew])
    here = [shift for shift in shifts if shift.plan.store_id == shop.id]
    drawn = [_day(shop, at, hours[at], here) for at in days]
    return Week(shop, days[0], drawn, _rows(shop, drawn, crew, shifts))


def _midnight(day: date, shop: Shop) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=shop.zone)


def _day(shop: Shop, day: date, opening: Opening, shifts: Sequence[ShiftView]) -> Day:
    return Day(
        day=day,
        label=words.day_label(day),
        weekday=words.weekday(day),
        long=words.long_day(day),
        today=day == shop.today,
        past=day < shop.today,
        opening=opening,
        gaps=open_gaps(shop, opening.spans, shifts),
        stints=[_stint(shop, shift) for shift in shifts if shop.local_day(shift.plan.starts_at) == day],
        add=add_address(shop, day=day.isoformat()),
    )


def open_gaps(shop: Shop, opening: Iterable[Span], shifts: Sequence[ShiftView]) -> list[Gap]:
    """What is open without a post it needs. What is over cannot be filled any more, so it is not shown."""
    now = clock.now()
    return [
        _gap(shop, post, hole)
        for post in needs_of(shop.kind)
        for hole in uncovered(opening, _covers(shifts, post))
        if hole[1] > now
    ]


def _covers(shifts: Iterable[ShiftView], post: str) -> list[Span]:
    return [(shift.plan.starts_at, shift.plan.ends_at) for shift in shifts if shift.plan.post == post]


def _gap(shop: Shop, post: str, hole: Span) -> Gap:
    start, end = (at.astimezone(shop.zone) for at in hole)
    fill = add_address(shop, day=f"{start:%Y-%m-%d}", post=post, starts=f"{start:%H:%M}", ends=f"{end:%H:%M}")
    return Gap(post, post_name(post), words.span(start, end, shop.zone), hole, fill)


def _rows(shop: Shop, days: Sequence[Day], crew: Sequence[Colleague], shifts: Sequence[ShiftView]) -> list[Row]:
    by_person: dict[int, list[ShiftView]] = defaultdict(list)
    for shift in shifts:
        if days[0].day <= shop.local_day(shift.plan.starts_at) <= days[-1].day:
            by_person[shift.plan.employee_id].append(shift)
    listed = {one.id for one in crew}
    guests = {
        one.plan.employee_id: one for found in by_person.values() for one in found if one.plan.employee_id not in listed
    }
    visitors = [Colleague(pk, "", shift.name, "", (), here=False) for pk, shift in sorted(guests.items())]
    return [_row(shop, days, person, by_person[person.id]) for person in [*crew, *visitors]]


def _row(shop: Shop, days: Sequence[Day], person: Colleague, shifts: Sequence[ShiftView]) -> Row:
    by_day: dict[date, list[Stint]] = defaultdict(list)
    for shift in shifts:
        by_day[shop.local_day(shift.plan.starts_at)].append(_stint(shop, shift))
    at_work = worked((shift.plan.starts_at, shift.plan.ends_at) for shift in shifts)
    cells = [
        Cell(day, by_day[day.day], add_address(shop, day=day.day.isoformat(), employee=str(person.id))) for day in days
    ]
    return Row(person, words.hours(at_work.total_seconds()) if shifts else "", cells)


def _stint(shop: Shop, shift: ShiftView) -> Stint:
    plan = shift.plan
    return Stint(
        shift=shift,
        time=words.span(plan.starts_at, plan.ends_at, shop.zone),
        post=post_name(plan.post),
        zone=words.called(shift.zone, shift.zone_en),
        elsewhere=plan.store_id != shop.id,
    )
