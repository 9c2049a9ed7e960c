"""What the shop floor goes by: when a fact counts as late, and which step comes next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from clothier.kernel.refs import Ref, number
from clothier.visits.contracts import Forecast

# What is told later than this was not told as it happened.
PROMPT = timedelta(minutes=2)
# How long a step can be taken back.
UNDO = timedelta(minutes=10)
# A visitor of whom nothing was heard for so long has gone, though nobody said farewell.
FORGOTTEN = timedelta(hours=6)


def errand(subject: Ref, kind: str) -> str:
    """The code of a task that tells a customer something: one for each notice."""
    return f"{subject.kind}-{subject.id}-{kind}"[:40]


def errand_about(code: str) -> Ref | None:
    """What such a task is about; None for the code of any other task."""
    kind, _dash, rest = code.partition("-")
    found = number(rest.partition("-")[0])
    return Ref(kind, found) if kind in ("appointment", "activity") and found is not None else None


class StepKind(StrEnum):
    """The steps of a visit; the value is the last word of the event's type."""

    ARRIVED = "arrived"
    IDENTIFIED = "identified"
    GREETED = "greeted"
    STOPPED = "stopped"
    APPROACHED = "approached"
    NEED_RECORDED = "need_recorded"
    PROPOSED = "proposed"
    AID_OFFERED = "aid_offered"
    LEFT = "left"


ONCE = frozenset(
    {StepKind.ARRIVED, StepKind.IDENTIFIED, StepKind.GREETED, StepKind.APPROACHED, StepKind.LEFT},
)

# The order in which a visitor is served; fitting stands between proposal and farewell.
PATH = (StepKind.GREETED, StepKind.APPROACHED, StepKind.NEED_RECORDED, StepKind.PROPOSED)
FITTING = "fitting"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, and when we were told."""

    at: datetime
    recorded_at: datetime

    @property
    def late(self) -> bool:
        return is_late(self.at, self.recorded_at)


def is_late(at: datetime, recorded_at: datetime) -> bool:
    """Told after the fact, by a phone that was offline: verdicts based on it stay provisional for a while."""
    return recorded_at - at > PROMPT


def next_step(done: Collection[str], *, fitted: bool) -> str:
    """What a visitor is owed now: the first step of the path not taken, then fitting, then farewell.

    A step skipped on the way is not asked for again: who has been shown something need not be greeted.
    """
    reached = max((i for i, step in enumerate(PATH) if step in done), default=-1)
    if reached + 1 < len(PATH):
        return PATH[reached + 1]
    return StepKind.LEFT if fitted else FITTING


class Conditions(Protocol):
    """What a scene of the house rules asks for; see standards, document "scenes"."""

    @property
    def weather(self) -> Collection[str]: ...
    @property
    def hot_from(self) -> int | None: ...
    @property
    def cold_to(self) -> int | None: ...
    @property
    def holiday(self) -> bool: ...
    @property
    def event(self) -> bool: ...


def scene_called(when: Conditions, forecast: Forecast | None, *, holiday: bool, event: bool) -> bool:
    """Whether the day calls a scene: any one of its conditions is enough. No forecast calls no weather."""
    if (when.holiday and holiday) or (when.event and event):
        return True
    if forecast is None:
        return False
    return (
        bool(set(when.weather) & forecast.signs)
        or (when.hot_from is not None and forecast.high >= when.hot_from)
        or (when.cold_to is not None and forecast.low <= when.cold_to)
    )
