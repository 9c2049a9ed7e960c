"""What copying last week would do, day by day, as its page draws it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from clothier.desks.roster import words
from clothier.desks.shell.shops import Shop
from clothier.kernel.access import Viewer
from clothier.staff.contracts import ShiftPlan
from clothier.staff.selectors import copy_preview, post_name


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    time: str
    post: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class DrawnCopy:
    """The shifts to come by day, what stays out with its reason, and how many are there already."""

    days: list[tuple[str, list[Line]]]
    refused: list[tuple[str, Line]]
    there_already: int
    new: int


def drawn_copy(viewer: Viewer, shop: Shop, monday: date) -> DrawnCopy:
    preview = copy_preview(viewer, store=shop.id, monday=monday, zone=shop.zone)
    by_day: dict[date, list[Line]] = defaultdict(list)
    for plan in preview.new:
        by_day[shop.local_day(plan.starts_at)].append(_line(plan, preview.names[plan.employee_id], shop))
    refused = [
        (words.long_day(shop.local_day(one.shift.starts_at)), _line(one.shift, one.name, shop, one.why))
        for one in preview.refused
    ]
    days = [(words.long_day(day), lines) for day, lines in sorted(by_day.items())]
    return DrawnCopy(days, refused, preview.there_already, len(preview.new))


def _line(plan: ShiftPlan, name: str, shop: Shop, why: str = "") -> Line:
    return Line(name, words.span(plan.starts_at, plan.ends_at, shop.zone), post_name(plan.post), why)
