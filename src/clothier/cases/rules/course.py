"""The course of a case: what each event makes of it. The row is written from here, so a replay gives the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from clothier.cases import events as e
from clothier.cases.contracts import Holder, Severity, State


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands: what its events add up to."""

    kind: str
    topic: str
    severity: str
    complex: bool = False
    state: str = State.OPEN
    waiting_for: str = ""
    holder: str = ""
    owner_id: int | None = None
    cause: str = ""
    offered: bool = False
    round: int = 1
    merged_into_id: int | None = None


def opened(event: e.CaseOpened) -> Standing:
    return Standing(
        kind=event.kind, topic=event.topic, severity=event.severity, holder=event.holder, owner_id=event.owner_id
    )


def after(standing: Standing, event: Any) -> Standing:
    """The case after one more event; what only tells of a fact changes nothing."""
    moved = _MOVES.get(type(event))
    return moved(standing, event) if moved else standing


def replayed(events: Iterable[Any]) -> Standing:
    """The case from all its events, in the order they were recorded. Raises ValueError where none opened it."""
    standing: Standing | None = None
    for event in events:
        if standing is not None:
            standing = after(standing, event)
        elif isinstance(event, e.CaseOpened):
            standing = opened(event)
    if standing is None:
        raise ValueError("a case that nobody opened has no standing")
    return standing


def _working(standing: Standing) -> Standing:
    return replace(standing, state=State.OPEN, waiting_for="")


def _wrote(standing: Standing, event: e.CaseCustomerWrote) -> Standing:
    return _working(standing) if event.resumes and standing.state == State.WAITING else standing


def _reopened(standing: Standing, event: e.CaseReopened) -> Standing:
    return replace(_working(standing), offered=False, round=standing.round + 1)


def _merged(standing: Standing, event: e.CaseMerged) -> Standing:
    return replace(standing, state=State.CLOSED, waiting_for="", merged_into_id=event.into)


def _undone(standing: Standing, event: e.CaseStepUndone) -> Standing:
    if event.step == e.CaseSolutionOffered.type:
        return replace(standing, offered=event.offered)
    if event.step == e.CaseDone.type:
        return _working(standing)
    return replace(standing, cause=event.cause) if event.step == e.CaseCauseSet.type else standing


def _reclassified(standing: Standing, event: e.CaseReclassified) -> Standing:
    return replace(standing, kind=event.kind, topic=event.topic, severity=event.severity, complex=event.complex)


def _in_state(state: State) -> "Callable[[Standing, Any], Standing]":
    return lambda standing, event: replace(standing, state=state, waiting_for="")


_MOVES: dict[type[Any], Callable[[Standing, Any], Standing]] = {
    e.CaseReclassified: _reclassified,
    e.CaseAssigned: lambda standing, event: replace(standing, owner_id=event.owner_id),
    e.CaseMarkedComplex: lambda standing, event: replace(standing, complex=True),
    e.CaseMarkedSerious: lambda standing, event: replace(standing, severity=Severity.SERIOUS),
    e.CaseSolutionOffered: lambda standing, event: replace(standing, offered=True),
    e.CaseWaiting: lambda standing, event: replace(standing, state=State.WAITING, waiting_for=event.waiting_for),
    e.CaseResumed: lambda standing, event: _working(standing),
    e.CaseCustomerWrote: _wrote,
    e.CaseGoodsHandedOver: lambda standing, event: replace(standing, holder=event.holder),
    e.CaseGoodsReceived: lambda standing, event: replace(standing, holder=Holder.SHOP),
    e.CaseFound: lambda standing, event: replace(standing, holder=Holder.SHOP),
    e.CaseDone: _in_state(State.SOLVED),
    e.CaseResultConfirmed: _in_state(State.CONFIRMED),
    e.CaseReopened: _reopened,
    e.CaseClosed: _in_state(State.CLOSED),
    e.CaseWithdrawn: _in_state(State.WITHDRAWN),
    e.CaseMerged: _merged,
    e.CaseStepUndone: _undone,
    e.CaseCauseSet: lambda standing, event: replace(standing, cause=event.cause),
}

OVER = frozenset({State.CLOSED, State.WITHDRAWN})
REOPENABLE = frozenset({State.SOLVED, State.CONFIRMED, State.CLOSED})
