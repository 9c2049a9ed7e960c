"""The one function that says how a promise stands: replaying its facts must always give what the database shows."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from clothier.standards.rules.cycle import Cycle
from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.rules.facts import Fact, Kind, Standing
from clothier.standards.rules.hours import Hours
from clothier.standards.rules.untouched import in_order, untouched


def evaluate(clock_events: Iterable[Fact], version: PromiseRule, calendar: Hours, now: datetime) -> Standing:
    """How a promise stands at `now`, from its facts in the order they were recorded.

    Raises ValueError when no fact starts it. Pure: the same facts always give the same standing.
    """
    recorded = list(clock_events)
    if len(recorded) == 1 and recorded[0].kind is Kind.START:
        return untouched(recorded[0], version, calendar, now)
    recorded = _without_undone(recorded)
    start = next((fact for fact in recorded if fact.kind is Kind.START), None)
    if start is None or start.seconds is None:
        raise ValueError("a promise without a start has no standing")
    # Said of a time before it began: a greeting noted a moment before the arrival still greets.
    later = (fact for fact in recorded if fact is not start)
    facts = sorted((fact if fact.at >= start.at else fact._replace(at=start.at) for fact in later), key=_at)
    target = timedelta(seconds=start.seconds)
    cycles = [Cycle(rule=version, hours=calendar, number=1, begun=start.at, target=target)]
    for fact in facts:
        # A waiver speaks of what was broken by then; anything else said in the due second came in time.
        cycles[-1].breach(fact.at, inclusive=fact.kind is Kind.WAIVE)
        if fact.kind is Kind.REOPEN:
            _reopen(cycles, fact)
        elif fact.kind in _EFFECTS and not (cycles[-1].closed_at and fact.kind is not Kind.WAIVE):
            _EFFECTS[fact.kind](cycles[-1], fact)
    cycles[-1].breach(now, inclusive=True)
    return _standing(cycles, now)


def _without_undone(facts: Iterable[Fact]) -> list[Fact]:
    """The facts but those that a later undo took back: a slip of the thumb never happened."""
    left: list[Fact] = []
    for fact in facts:
        if fact.kind is not Kind.UNDO:
            left.append(fact)
            continue
        same = [place for place, one in enumerate(left) if (one.kind.value, one.part) == (fact.reason, fact.part)]
        if same:
            del left[same[-1]]
    return left


def _at(fact: Fact) -> datetime:
    return fact.at


def _keep(cycle: Cycle, fact: Fact) -> None:
    cycle.parts.add(fact.part)
    if not cycle.rule.keep_all or len(cycle.parts) == len(cycle.rule.keep):
        cycle.end_pauses(fact.at)
        cycle.settle("kept", fact.at)
        cycle.close(fact.at)


def _cancel(cycle: Cycle, fact: Fact) -> None:
    cycle.end_pauses(fact.at)
    cycle.settle("cancelled", fact.at)
    cycle.close(fact.at)


def _pause(cycle: Cycle, fact: Fact) -> None:
    pausing = cycle.rule.pausing
    # After a breach a pause changes nothing: it never undoes what was broken.
    if pausing is None or fact.reason not in pausing.reasons or cycle.outcome:
        return
    if not any(why == fact.reason and until is None for why, _, until in cycle.pauses):
        cycle.pauses.append((fact.reason, fact.at, None))


def _resume(cycle: Cycle, fact: Fact) -> None:
    cycle.end_pauses(fact.at, fact.reason)


def _word(cycle: Cycle, fact: Fact) -> None:
    cycle.end_pauses(fact.at)


def _reset(cycle: Cycle, fact: Fact) -> None:
    if not cycle.outcome:
        cycle.begun, cycle.consumed = fact.at, timedelta(0)
        cycle.pauses, cycle.parts = [], set()


def _retarget(cycle: Cycle, fact: Fact) -> None:
    """The new time holds from the start, with all pauses. Same clock, so a shorter time is always the earlier due."""
    if not cycle.outcome and fact.seconds is not None:
        cycle.target, cycle.retargeted = timedelta(seconds=fact.seconds), fact.at


def _acknowledge(cycle: Cycle, fact: Fact) -> None:
    cycle.acknowledged.append((fact.at, fact.seconds))


def _waive(cycle: Cycle, fact: Fact) -> None:
    cycle.waived = True
    cycle.settle("waived", fact.at)
    cycle.close(fact.at)


_EFFECTS: dict[Kind, Callable[[Cycle, Fact], None]] = {
    Kind.KEEP: _keep,
    Kind.CANCEL: _cancel,
    Kind.PAUSE: _pause,
    Kind.RESUME: _resume,
    Kind.WORD: _word,
    Kind.RESET: _reset,
    Kind.RETARGET: _retarget,
    Kind.ACKNOWLEDGE: _acknowledge,
    Kind.WAIVE: _waive,
}


def _reopen(cycles: list[Cycle], fact: Fact) -> None:
    """The verdict so far stays; the clock goes on from what it had used."""
    last = cycles[-1]
    if last.closed_at is None:
        return
    cycles.append(
        Cycle(
            rule=last.rule,
            hours=last.hours,
            number=last.number + 1,
            begun=fact.at,
            target=last.target,
            consumed=last.elapsed(last.closed_at),
        )
    )


def _standing(cycles: list[Cycle], now: datetime) -> Standing:
    cycle, window = cycles[-1], cycles[-1].rule.sync_window or 0
    pause = None if cycle.outcome else cycle.pause_at(now)
    verdicts = tuple(found for one in cycles if (found := one.verdict(now, window)))
    state = cycle.outcome or ("paused" if pause else "running")
    return Standing(
        state="waived" if cycle.waived else state,
        cycle=cycle.number,
        started_at=cycle.begun,
        target_seconds=int(cycle.target.total_seconds()),
        elapsed_seconds=int(cycle.elapsed(cycle.closed_at or max(now, cycle.begun)).total_seconds()),
        due_at=cycle.due(),
        settled_at=cycle.settled_at,
        closed_at=cycle.closed_at,
        final_at=verdicts[-1].final_at if cycle.settled_at else None,
        acknowledged_at=cycle.acknowledged[-1][0] if cycle.acknowledged else None,
        paused_until=pause[1] if pause else None,
        steps=() if cycle.closed_at else _steps(cycle),
        verdicts=verdicts,
    )


def _steps(cycle: Cycle) -> tuple[tuple[int, datetime], ...]:
    """The breach until it happened and the rungs, in order of time. Acknowledging stops rungs or puts them off."""
    due = cycle.due()
    moments = [None if cycle.outcome else due]
    for rung in cycle.rule.ladder:
        at = due if rung.at is None else cycle.moment(timedelta(seconds=rung.at), wall=rung.wall)
        moments.append(at and _after_acknowledging(cycle, at))
    return in_order(moments)


def _after_acknowledging(cycle: Cycle, at: datetime) -> datetime | None:
    for acknowledged, rearm in cycle.acknowledged:
        if at > acknowledged:
            if rearm is None:
                return None
            at = max(at, acknowledged + timedelta(seconds=rearm))
    return at
