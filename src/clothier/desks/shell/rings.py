"""How a promise's time is drawn: what is left, whether it is about to break, and what the ring says."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from clothier.desks.shell.words import compact, duration
from clothier.kernel.words import said as _

_NEAR_SHARE = 0.25
_NEAR_LEAST = 5.0
_NEAR_MOST = 3600.0


class Drawable(Protocol):
    """What a ring needs to know of a promise; `PromiseView` of the standards has it."""

    @property
    def name(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def target_seconds(self) -> int: ...
    @property
    def elapsed_seconds(self) -> float: ...
    @property
    def closed_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Drawing:
    """`left` runs from 1 (just started) to 0 (due); the times are milliseconds for the browser's ticking."""

    state: str
    left: float
    text: str
    label: str
    ticks: bool
    start: int
    due: int
    now: int
    margin: int

    @property
    def part(self) -> float:
        return 1 - self.left

    def context(self) -> dict[str, Any]:
        return {**asdict(self), "part": self.part}


def near(target_seconds: float) -> float:
    """From how many seconds before its end a promise counts as about to break.

    A quarter of the target, but five seconds at least (a greeting's ten would leave no time to look), half of it at
    most, and never more than an hour, or a complaint would be alarming for a day.
    """
    return min(max(target_seconds * _NEAR_SHARE, _NEAR_LEAST), target_seconds / 2, _NEAR_MOST)


def draw(promise: Drawable, now: datetime) -> Drawing:
    target = max(float(promise.target_seconds), 1.0)
    # A broken promise keeps counting until it is made good, so that "late" has a size.
    counts = promise.state == "running" or (promise.state == "broken" and not promise.closed_at)
    if counts and promise.due_at:
        remaining = (promise.due_at - now).total_seconds()
    else:
        remaining = target - promise.elapsed_seconds
    state = _state(promise.state, remaining, target)
    left = 0.0 if state == "broken" else min(max(remaining / target, 0.0), 1.0)
    due = promise.due_at or now
    return Drawing(
        state=state,
        left=1.0 if state == "kept" else left,
        text=compact(remaining),
        label=_label(promise.name, state, remaining),
        ticks=counts and promise.due_at is not None,
        start=_milliseconds(promise.started_at),
        due=_milliseconds(due),
        now=_milliseconds(now),
        margin=round(near(target) * 1000),
    )


def _state(state: str, remaining: float, target: float) -> str:
    if state != "running":
        return state
    if remaining <= 0:
        return "broken"
    return "breaking" if remaining <= near(target) else "running"


def _label(name: str, state: str, remaining: float) -> str:
    facts = {"name": name, "time": duration(remaining)}
    match state:
        case "kept":
            return _("%(name)s：已兑现") % facts
        case "paused":
            return _("%(name)s：暂停，还剩 %(time)s") % facts
        case "cancelled" | "waived":
            return _("%(name)s：不再计时") % facts
        case "broken":
            return _("%(name)s：已超时 %(time)s") % facts
        case _:
            return _("%(name)s：还剩 %(time)s") % facts


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)
