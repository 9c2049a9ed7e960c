"""The week of a store as its pages draw it: people down, days across, and what nobody covers on top."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clothier.desks.roster import words
from clothier.desks.roster.addresses import add_address
from clothier.desks.roster.drawing import Day, Gap, Row, Stint, Week
from clothier.desks.roster.opening import Opening
from clothier.desks.roster.rules import Span, days_of, monday_of, needs_of, uncovered, worked
from clothier.desks.shell.navigation import url
from clothier.desks.shell.shops import Shop
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.staff.contracts import Colleague, ShiftView
from clothier.staff.selectors import crew_for, post_name, shifts_for

# By the day they start on, on the store's own clock.
Shifts = Mapping[date, list[ShiftView]]
Stints = Mapping[date, list[Stint]]


def week_for(viewer: Viewer, shop: Shop, hours: Mapping[date, Opening], day: date) -> Week:
    """The week that holds a day; the same number of queries for three people and for sixty."""
    days = days_of(monday_of(day))
    # A day more at both ends: a night shift belongs to the day it starts on, and covers the hours after midnight.
    since, until = (_midnight(at, shop) for at in (days[0] - timedelta(days=1), days[-1] + timedelta(days=2)))
    crew = crew_for(viewer, store=shop.id)
    shifts: dict[date, list[ShiftView]] = defaultdict(list)
    for shift in shifts_for(viewer, since=since, until=until, store=shop.id, people=[one.id for one in crew]):
        shifts[shop.local_day(shift.plan.starts_at)].append(shift)
    stints = _stints(shop, {at: shifts[at] for at in days})
    drawn = [_day(shop, at, hours[at], shifts, stints) for at in days]
    return Week(shop, days[0], drawn, _rows(drawn, crew, stints))


def _midnight(day: date, shop: Shop) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=shop.zone)


def _day(shop: Shop, day: date, opening: Opening, shifts: Shifts, stints: Stints) -> Day:
    # Nobody works for more than a day on end, so what covers these hours begins on this day or beside it.
    near = [shift for beside in (-1, 0, 1) for shift in shifts.get(day + timedelta(days=beside), ())]
    return Day(
        day=day,
        label=words.day_label(day),
        weekday=words.weekday(day),
        today=day == shop.today,
        past=day < shop.today,
        opening=opening,
        gaps=open_gaps(shop, opening.spans, [shift for shift in near if shift.plan.store_id == shop.id]),
        stints=[stint for stint in stints.get(day, ()) if not stint.elsewhere],
        add=add_address(shop, day=day.isoformat()),
    )


def open_gaps(shop: Shop, opening: Iterable[Span], shifts: Sequence[ShiftView]) -> list[Gap]:
    """What is open without a post it needs. What is over cannot be filled any more, so it is not shown."""
    now = clock.now()
    ahead = [span for span in opening if span[1] > now]
    if not ahead:
        return []
    return [
        _gap(shop, post, hole)
        for post in needs_of(shop.kind)
        for hole in uncovered(ahead, _covers(shifts, post))
        if hole[1] > now
    ]


def _covers(shifts: Iterable[ShiftView], post: str) -> list[Span]:
    return [(shift.plan.starts_at, shift.plan.ends_at) for shift in shifts if shift.plan.post == post]


def _gap(shop: Shop, post: str, hole: Span) -> Gap:
    start, end = (at.astimezone(shop.zone) for at in hole)
    fill = add_address(shop, day=f"{start:%Y-%m-%d}", post=post, starts=f"{start:%H:%M}", ends=f"{end:%H:%M}")
    return Gap(post, post_name(post), words.span(start, end, shop.zone), hole, fill)


def _rows(days: Sequence[Day], crew: Sequence[Colleague], stints: Stints) -> list[Row]:
    """Everybody of the crew, and whoever else works here in this week."""
    theirs: dict[int, dict[date, list[Stint]]] = defaultdict(lambda: defaultdict(list))
    for day in days:
        for stint in stints.get(day.day, ()):
            theirs[stint.shift.plan.employee_id][day.day].append(stint)
    listed = {one.id for one in crew}
    guests = {pk: next(iter(found.values()))[0].shift for pk, found in theirs.items() if pk not in listed}
    visitors = [Colleague(pk, "", shift.name, "", (), here=False) for pk, shift in sorted(guests.items())]
    return [_row(days, person, theirs[person.id]) for person in [*crew, *visitors]]


def _row(days: Sequence[Day], person: Colleague, stints: Stints) -> Row:
    plans = [stint.shift.plan for found in stints.values() for stint in found]
    at_work = worked((plan.starts_at, plan.ends_at) for plan in plans)
    daily = [stints.get(day.day, []) for day in days]
    return Row(person, words.hours(at_work.total_seconds()) if plans else "", days, daily)


def _stints(shop: Shop, shifts: Shifts) -> Stints:
    # A week says the same few posts, zones and hours hundreds of times.
    post, called, span, face = cache(post_name), cache(words.called), cache(words.span), cache(_face)

    def stint(shift: ShiftView) -> Stint:
        plan = shift.plan
        time, duty = span(plan.starts_at, plan.ends_at, shop.zone), post(plan.post)
        zone, elsewhere = called(shift.zone, shift.zone_en), plan.store_id != shop.id
        drawn = face(time, "", "") if elsewhere else face(time, duty, zone)
        href = url("roster:shift", shift.id)
        link = _elsewhere(drawn) if elsewhere else _link(plan.post, href, drawn)
        return Stint(shift, time, duty, zone, elsewhere, href, drawn, link)

    return {day: [stint(shift) for shift in found] for day, found in shifts.items()}


def _link(post: str, href: str, face: SafeString) -> SafeString:
    return SafeString(f'<a class="stint stint--{post}" href="{href}">{face}</a>')


def _elsewhere(face: SafeString) -> SafeString:
    """It tells when the person is taken, and leads nowhere."""
    return SafeString(f'<span class="stint stint--elsewhere">{face}</span>')


def _face(time: str, post: str, zone: str) -> SafeString:
    place = f"{post} · {zone}" if zone else post or _("在其他门店")
    return format_html("<b>{}</b> <span>{}</span>", time, place)
