"""What a roster may hold: plain questions about stretches of work, asked by the verbs and by previews alike."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from clothier.staff.contracts import ShiftPlan

# Labour law and tired feet: nobody is planned for longer than this at a stretch, over all stores and posts.
LONGEST = timedelta(hours=12)


class Fault(StrEnum):
    BACKWARDS = "backwards"  # ends before it starts
    TOO_LONG = "too_long"  # longer than LONGEST by itself
    ELSEWHERE = "elsewhere"  # the person works in another store then
    BUSY = "busy"  # the person holds this very post then
    DOUBLE = "double"  # the person holds another post of this store then, and nobody said that is meant
    STRETCH = "stretch"  # together with the shifts around it longer than LONGEST


def fault_of(plan: ShiftPlan, others: Sequence[ShiftPlan], *, double: bool = False) -> tuple[Fault, ShiftPlan] | None:
    """The first thing wrong with a plan beside the same person's other shifts, and the shift that stands in the way.

    `double` says that two posts of one store at once are meant: a small shop's greeter also sells.
    """
    if plan.ends_at <= plan.starts_at:
        return Fault.BACKWARDS, plan
    if plan.ends_at - plan.starts_at > LONGEST:
        return Fault.TOO_LONG, plan
    for other in others:
        if other.starts_at < plan.ends_at and plan.starts_at < other.ends_at:
            fault = _clash(plan, other, double)
            if fault:
                return fault, other
    start, end = stretch_around(plan, others)
    if end - start > LONGEST:
        return Fault.STRETCH, plan
    return None


def _clash(plan: ShiftPlan, other: ShiftPlan, double: bool) -> Fault | None:
    if other.store_id != plan.store_id:
        return Fault.ELSEWHERE
    if other.post == plan.post:
        return Fault.BUSY
    return None if double else Fault.DOUBLE


def stretch_around(plan: ShiftPlan, others: Iterable[ShiftPlan]) -> tuple[datetime, datetime]:
    """From when to when the person works without a break, shifts that touch the plan counted in."""
    start, end = plan.starts_at, plan.ends_at
    reached = True
    waiting = sorted(others, key=lambda other: other.starts_at)
    while reached:
        touching = [other for other in waiting if other.starts_at <= end and start <= other.ends_at]
        reached = bool(touching)
        waiting = [other for other in waiting if other not in touching]
        start = min([start, *(other.starts_at for other in touching)])
        end = max([end, *(other.ends_at for other in touching)])
    return start, end
