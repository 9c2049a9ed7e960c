"""A promise in hand: its row, its rule, its facts; read in bulk, evaluated once, written in bulk."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from clothier.kernel.rows import fetch, marks, new
from clothier.standards.models import ClockEvent, Promise, Timer
from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.rules.evaluation import evaluate
from clothier.standards.rules.facts import Fact, Kind, Standing, bounded
from clothier.standards.rules.hours import Hours
from clothier.standards.selectors.rulebook import hours_of, rules_of

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
    was: tuple[str, datetime | None] = ("", None)

    @property
    def new(self) -> bool:
        return self.promise.id is None

    @property
    def judged(self) -> bool:
        """Whether a verdict may have been passed on it before."""
        before = self.was[1] is not None or self.promise.cycle > 1
        return before or any(fact.kind in _UNSETTLING for fact in self.facts)

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
    for name in CACHED:
        setattr(promise, name, getattr(standing, name))
    promise.seen_at = now


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


def courses_of(promises: Iterable[Promise]) -> list[Course]:
    """The promises with their rules, hours and facts: one query, whatever their number."""
    rows = list(promises)
    rules = rules_of(promise.version_id for promise in rows)
    facts: dict[int, list[Fact]] = defaultdict(list)
    if rows:
        for told in fetch(ClockEvent, f"promise_id IN ({marks(rows)})", [promise.id for promise in rows]):
            fact = Fact(Kind(told.kind), told.at, told.recorded_at, told.part, told.seconds, told.reason)
            facts[told.promise_id].append(fact)
    return [
        Course(
            promise=promise,
            rule=rules[promise.version_id],
            hours=hours_of(promise.calendar_id, rules[promise.version_id].clock),
            facts=facts[promise.id],
            was=(promise.state, promise.settled_at),
        )
        for promise in rows
    ]


def fired_steps(promises: Iterable[int]) -> dict[int, set[tuple[int, int]]]:
    """The steps that have fired on each promise, as (cycle, step)."""
    fired: dict[int, set[tuple[int, int]]] = defaultdict(set)
    pks = list(promises)
    if pks:
        for pk, cycle, step in Timer.objects.filter(promise_id__in=pks).values_list("promise_id", "cycle", "step"):
            fired[pk].add((cycle, step))
    return fired
