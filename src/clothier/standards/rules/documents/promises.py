"""Promises: what starts a clock, what keeps it, how long it may take, and who hears when it is late."""

import re
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Rule, Text, no_twins
from clothier.standards.rules.durations import Seconds

Value = str | int | bool | None
_TEMPLATE = re.compile(r"[a-z_]+:(\{[a-z_]+\}|\d+)")


class Clock(StrEnum):
    WALL = "wall"
    OPENING = "opening"
    SERVICE = "service"
    WORKING = "working"


class Condition(Part):
    """An event that matters to a promise: its type, what its payload must say, and whose clock it moves.

    `where` and `unless` compare payload fields with one value or a list of values. `subject` is a template such as
    "visit:{visit_id}"; without it the event's own subject counts. `by: customer` reaches every open promise of the
    same rule to the event's customer, whatever its subject. Among the undo conditions, `takes_back` says whether the
    last keeping (of that `part`) or the last cancelling never happened.
    """

    event: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    where: dict[str, Value | list[Value]] = {}
    unless: dict[str, Value | list[Value]] = {}
    subject: str = ""
    by: str = Field("subject", pattern="^(subject|customer)$")
    takes_back: Literal["keep", "cancel", ""] = ""
    part: int = 0

    @field_validator("subject")
    @classmethod
    def _reads_as_reference(cls, value: str) -> str:
        if value and not _TEMPLATE.fullmatch(value):
            raise ValueError("write a subject such as visit:{visit_id}")
        return value


class Step(Part):
    """A rung of the ladder: after so much of the promise's own time (none: at the breach) tell these roles.

    `wall`: the time runs day and night, whatever clock the promise itself goes by.
    """

    at: Seconds | None = None
    wall: bool = False
    tell: tuple[str, ...] = Field(min_length=1)
    must: Text | None = None

    @model_validator(mode="after")
    def _wall_counts_something(self) -> Self:
        if self.wall and self.at is None:
            raise ValueError("a rung by the wall clock says after how long")
        return self


class Given(Part):
    """The time allowed comes with the event: `due` names a payload field with a moment, `seconds` one with a length."""

    due: str = ""
    seconds: str = ""
    at_most: Seconds | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.due) == bool(self.seconds):
            raise ValueError("name either due or seconds")
        return self


class Pausing(Part):
    """Which reasons stop the clock, how long one pause may last and how long all of them together (wall time)."""

    reasons: tuple[Key, ...] = Field(min_length=1)
    cap: Seconds
    total: Seconds | None = None


class PromiseRule(Rule):
    """One service promise: `within` is its base, replaced by channel, then by severity; a tier only shortens."""

    key: Key
    name: Text
    within: Seconds = Field(gt=0)
    clock: Clock = Clock.WALL
    response: bool = False
    start: tuple[Condition, ...] = Field(min_length=1)
    keep: tuple[Condition, ...] = Field(min_length=1)
    keep_all: bool = False
    cancel: tuple[Condition, ...] = ()
    pause: tuple[Condition, ...] = ()
    resume: tuple[Condition, ...] = ()
    word: tuple[Condition, ...] = ()
    reset: tuple[Condition, ...] = ()
    reopen: tuple[Condition, ...] = ()
    retarget: tuple[Condition, ...] = ()
    undo: tuple[Condition, ...] = ()
    repeat: bool = False
    given: Given | None = None
    channel: dict[str, Seconds] = {}
    severity: dict[str, Seconds] = {}
    tier: dict[str, Seconds] = {}
    pausing: Pausing | None = None
    show: tuple[str, ...] = ("board",)
    ladder: tuple[Step, ...] = ()
    rearm: Seconds | None = None
    compensation: Text | None = None
    personal: bool = False
    owner_field: str = ""
    sync_window: Seconds | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for code, allowed in self.tier.items():
            if allowed > min([self.within, *self.channel.values(), *self.severity.values()]):
                raise ValueError(f"tier {code} may shorten the promise, not lengthen it")
        if any(not condition.takes_back for condition in self.undo):
            raise ValueError("an undo condition says what it takes back: keep or cancel")
        if self.response and (self.pause or self.pausing):
            raise ValueError("a response clock never pauses")
        if bool(self.pause) != bool(self.pausing):
            raise ValueError("pause conditions and pausing (reasons, cap) belong together")
        return self

    def target(self, *, channel: str = "", severity: str = "", tier: str = "", store: int | None = None) -> int:
        """Seconds allowed. `store` is what the store itself set: it counts only where it is tighter."""
        base = self.severity.get(severity, self.channel.get(channel, self.within))
        return min(base, self.tier.get(tier, base), store if store is not None else base)

    def conditions(self) -> dict[str, tuple[Condition, ...]]:
        """Conditions by what they do to the clock, in the order in which one event's effects are applied."""
        kinds = ("start", "undo", "reopen", "retarget", "reset", "word", "resume", "pause", "keep", "cancel")
        return {kind: found for kind in kinds if (found := getattr(self, kind))}

    def pinned(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_defaults=True)


class Promises(Document):
    """All promises. A fact said later than `sync_window` after it happened no longer changes a verdict."""

    sync_window: Seconds
    promises: tuple[PromiseRule, ...]

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        no_twins(promise.key for promise in self.promises)
        return self

    def find(self, key: str) -> PromiseRule | None:
        return next((promise for promise in self.promises if promise.key == key), None)
