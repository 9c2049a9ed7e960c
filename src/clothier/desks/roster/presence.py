"""Who stands on the floor of a store at this moment, who comes next, and which post is empty."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from clothier.desks.roster import words
from clothier.desks.roster.drawing import Gap
from clothier.desks.roster.grid import open_gaps
from clothier.desks.roster.opening import Opening
from clothier.desks.shell.shops import Shop
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.staff.contracts import ShiftView
from clothier.staff.selectors import post_name, shifts_for

_SOON = timedelta(hours=3)
_ORDER = ("lead", "greeter", "associate", "cashier", "agent")


@dataclass(frozen=True, slots=True)
class Present:
    """One person; two posts at once are one line."""

    name: str
    posts: str
    line: str


@dataclass(frozen=True, slots=True)
class Coming:
    """Those who begin together, by post."""

    hours: str
    posts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Presence:
    now: list[Present]
    next: list[Coming]
    missing: list[Gap]
    open: bool
    at: str


def around_today(shop: Shop) -> tuple[date, date]:
    """Yesterday and today: a window may have opened yesterday and last past midnight."""
    return shop.today - timedelta(days=1), shop.today


def presence_of(viewer: Viewer, shop: Shop, hours: Mapping[date, Opening]) -> Presence:
    """`hours` knows `around_today` at least."""
    now = clock.now()
    shifts = shifts_for(viewer, since=now, until=now + _SOON, store=shop.id)
    here = [shift for shift in shifts if shift.plan.starts_at <= now]
    coming = [shift for shift in shifts if shift.plan.starts_at > now]
    windows = [span for day in around_today(shop) for span in hours[day].spans]
    spans = [span for span in windows if span[0] <= now < span[1]]
    return Presence(
        now=_people(shop, here),
        next=_coming(shop, coming),
        missing=[gap for gap in open_gaps(shop, spans, shifts) if gap.span[0] <= now],
        open=bool(spans),
        at=f"{now.astimezone(shop.zone):%H:%M}",
    )


def _people(shop: Shop, shifts: Sequence[ShiftView]) -> list[Present]:
    """By post, the lead first; somebody with two posts stands at the first of them."""
    by_person: dict[int, list[ShiftView]] = defaultdict(list)
    for shift in sorted(shifts, key=lambda one: _ORDER.index(one.plan.post)):
        by_person[shift.plan.employee_id].append(shift)
    return [_present(shop, found) for found in by_person.values()]


def _coming(shop: Shop, shifts: Sequence[ShiftView]) -> list[Coming]:
    """In the order they begin, the lead first."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for shift in sorted(shifts, key=lambda one: (one.plan.starts_at, _ORDER.index(one.plan.post))):
        hours = words.span(shift.plan.starts_at, shift.plan.ends_at, shop.zone)
        found[hours][post_name(shift.plan.post)].append(shift.name)
    joint = _("、")
    return [
        Coming(hours, [(post, joint.join(names)) for post, names in posts.items()]) for hours, posts in found.items()
    ]


def _present(shop: Shop, shifts: Sequence[ShiftView]) -> Present:
    posts = dict.fromkeys(post_name(shift.plan.post) for shift in shifts)
    zones = dict.fromkeys(words.called(shift.zone, shift.zone_en) for shift in shifts if shift.zone)
    times = dict.fromkeys(words.span(shift.plan.starts_at, shift.plan.ends_at, shop.zone) for shift in shifts)
    return Present(shifts[0].name, " · ".join(posts), " · ".join((*times, *zones)))
