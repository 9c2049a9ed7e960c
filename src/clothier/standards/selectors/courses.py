"""A promise in hand: its row, its rule, its facts; read in bulk, evaluated once, written in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from clothier.kernel import columns
from clothier.kernel.rows import new
from clothier.standards.models import ClockEvent, Promise, Timer
from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.rules.evaluation import evaluate
from clothier.standards.rules.facts import Fact, Kind, Standing, bounded
from clothier.standards.rules.hours import Hours
from clothier.standards.selectors.rulebook import hours_of, rules_of

# By promise, the steps that have fired on it as (cycle, step).
FiredSteps = dict[int, set[tuple[int, int]]]
_KINDS = {kind.value: kind for kind in Kind}
# Said late, these may take a verdict back that was passed.
_UNSETTLING = frozenset({Kind.UNDO, Kind.RETARGET, Kind.RESET})


@dataclass
class Course:
    """One promise while a verb works on it. `fresh` are the clock events this verb appends."""

    promise: Promise
    rule: PromiseRule
    hours: Hours
    facts: list[Fact] = field(default_factory=list)
    fresh: list[ClockEvent] = field(default_factory=list)
    # The row's columns as they were read: which of them to write, and whether a verdict stood.
    before: Mapping[str, Any] = field(default_factory=dict)

    @property
    def new(self) -> bool:
        return self.promise.id is None

    @property
    def judged(self) -> bool:
        """Whether a verdict may have been passed on it before."""
        stood = self.before.get("settled_at") is not None or self.promise.cycle > 1
        return stood or any(fact.kind in _UNSETTLING for fact in self.facts)

    def add(
        self,
        kind: Kind,
        *,
        at: datetime,
        recorded_at: datetime,
        part: int = 0,
        seconds: int | None = None,
        reason: str = "",
        entry: int | None = None,
        actor: int | None = None,
    ) -> None:
        """Append a fact; its time is bounded here, once, so that every replay sees the same."""
        at = bounded(kind, at, recorded_at, self.rule.sync_window or 0)
        self.facts.append(Fact(kind, at, recorded_at, part, seconds, reason))
        self.fresh.append(
            new(
                ClockEvent,
                kind=kind.value,
                at=at,
                recorded_at=recorded_at,
                part=part,
                seconds=seconds,
                reason=reason,
                entry_id=entry,
                actor_id=actor,
            )
        )

    def evaluate(self, now: datetime) -> Standing:
        """How it stands now, also written to the cached columns of the row in memory."""
        standing = evaluate(self.facts, self.rule, self.hours, now)
        copy_standing(self.promise, standing, now)
        return standing


def copy_standing(promise: Promise, standing: Standing, now: datetime) -> None:
    promise.__dict__.update(zip(CACHED, _cached(standing), strict=True), seen_at=now)


CACHED = (
    "cycle",
    "state",
    "target_seconds",
    "started_at",
    "due_at",
    "settled_at",
    "closed_at",
    "final_at",
    "elapsed_seconds",
    "acknowledged_at",
)
_cached = attrgetter(*CACHED)


def courses_of(promises: Iterable[Promise]) -> list[Course]:
    """The promises with their rules, hours and facts: one query, whatever their number."""
    rows = list(promises)
    rules = rules_of(promise.version_id for promise in rows)
    facts = _facts([promise.id for promise in rows])
    return [
        Course(
            promise=promise,
            rule=rules[promise.version_id],
            hours=hours_of(promise.calendar_id, rules[promise.version_id].clock),
            facts=facts[promise.id],
            before=dict(promise.__dict__),
        )
        for promise in rows
    ]


def _facts(promises: list[int]) -> dict[int, list[Fact]]:
    """The facts of each promise, in the order in which they were recorded."""
    facts: dict[int, list[Fact]] = defaultdict(list)
    if promises:
        condition, values = columns.among("promise_id", promises)
        told = f"promise_id, kind, {columns.instant('at')}, {columns.instant('recorded_at')}, part, seconds, reason"
        where = f"FROM {columns.table(ClockEvent)} WHERE {condition} ORDER BY promise_id, id"
        for pk, kind, at, recorded_at, *rest in columns.read(f"SELECT {told} {where}", values):
            facts[pk].append(Fact(_KINDS[kind], columns.moment(at), columns.moment(recorded_at), *rest))
    return facts


def fired_steps(promises: Iterable[int]) -> FiredSteps:
    """The steps that have fired on each of these promises."""
    fired: FiredSteps = defaultdict(set)
    if pks := list(promises):
        condition, values = columns.among("promise_id", pks)
        where = f"FROM {columns.table(Timer)} WHERE {condition}"
        for pk, cycle, step in columns.read(f"SELECT promise_id, cycle, step {where}", values):
            fired[pk].add((cycle, step))
    return fired
