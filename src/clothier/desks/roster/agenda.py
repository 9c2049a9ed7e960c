"""Somebody's own shifts for the next two weeks, day by day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from clothier.desks.roster import words
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.staff.contracts import ShiftView
from clothier.staff.selectors import post_name, shifts_of

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Mine:
    """One shift of the reader's; `running` while it lasts."""

    id: int
    start: datetime
    end: datetime
    time: str
    post: str
    zone: str
    store: str
    address: str
    running: bool


@dataclass(frozen=True, slots=True)
class MyDay:
    label: str
    today: bool
    shifts: list[Mine]


def agenda_of(viewer: Viewer) -> list[MyDay]:
    """Days with a shift between now and two weeks on; the running shift is the first."""
    now = clock.now()
    by_day: dict[tuple[date, bool], list[Mine]] = defaultdict(list)
    for shift in shifts_of(viewer, since=now, until=now + AHEAD):
        zone = ZoneInfo(shift.time_zone)
        day = shift.plan.starts_at.astimezone(zone).date()
        by_day[day, day == now.astimezone(zone).date()].append(_mine(shift, zone, now))
    return [MyDay(words.long_day(day), today, shifts) for (day, today), shifts in sorted(by_day.items())]


def _mine(shift: ShiftView, zone: ZoneInfo, now: datetime) -> Mine:
    plan = shift.plan
    return Mine(
        id=shift.id,
        start=plan.starts_at,
        end=plan.ends_at,
        time=words.span(plan.starts_at, plan.ends_at, zone),
        post=post_name(plan.post),
        zone=words.called(shift.zone, shift.zone_en),
        store=words.called(shift.store, shift.store_en),
        address=shift.address,
        running=plan.starts_at <= now,
    )
