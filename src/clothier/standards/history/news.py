"""What was told when promises of the past were missed: the breach, and each rung of the ladder to its people."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from clothier.eventlog.contracts import Event, History
from clothier.eventlog.history import record_history
from clothier.kernel.columns import insert
from clothier.standards.contracts import role_resolver
from clothier.standards.events import PromiseBroken, PromiseEscalated
from clothier.standards.models import Timer
from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.rules.facts import BREACH


@dataclass(frozen=True, slots=True)
class Missed:
    """Steps that fired on the promises of one rule: the breach (0) or a rung (1…), at its very moment."""

    rule: PromiseRule
    steps: list[int]
    moments: list[int]
    promises: list[int]
    targets: list[int]
    subjects: list[str]
    stores: list[int | None]
    zones: list[int | None]
    customers: list[int | None]
    owners: list[int | None]


@dataclass(slots=True)
class _Told:
    """News of one step to one role (a breach: to nobody by name)."""

    event: Event
    promise: int
    customer: int | None
    store: int | None
    moment: int


def tell_missed(missed: Sequence[Missed]) -> None:
    """The timers that fired, and the news in the log. Call it inside the transaction of the promises."""
    told = [one for each in missed for one in _fired(each)]
    record_history(*(_history(kind, told) for kind in (PromiseBroken, PromiseEscalated)))


def _fired(missed: Missed) -> Iterator[_Told]:
    """Writes the timers of one rule; what to tell of them."""
    roles, people, news = [], [], list[_Told]()
    for row, step in enumerate(missed.steps):
        who = [(role, _people(missed, row, role)) for role in (missed.rule.ladder[step - 1].tell if step else ())]
        roles.append((",".join(role for role, _ in who) or missed.rule.owner)[:40])
        people.append(json.dumps(list(dict.fromkeys(one for _, found in who for one in found))))
        news += [_told(missed, row, _escalated(missed, row, *each)) for each in who]
        news += [_told(missed, row, _broken(missed, row))] if step == BREACH else []
    moments = np.array(missed.moments, dtype=np.int64)
    insert(Timer, count=len(missed.steps), columns={
        "promise_id": missed.promises, "step": missed.steps, "fire_at": moments, "fired_at": moments, "role": roles,
        "employee_ids": people,
    })  # fmt: skip
    yield from news


def _people(missed: Missed, row: int, role: str) -> list[int]:
    owner = missed.owners[row]
    if role == missed.rule.owner and owner is not None:
        return [owner]
    at = datetime.fromtimestamp(missed.moments[row], UTC)
    return role_resolver.ask(role, missed.stores[row], missed.zones[row], at)


def _told(missed: Missed, row: int, event: Event) -> _Told:
    return _Told(event, missed.promises[row], missed.customers[row], missed.stores[row], missed.moments[row])


def _broken(missed: Missed, row: int) -> PromiseBroken:
    return PromiseBroken(
        promise_id=missed.promises[row],
        promise_key=missed.rule.key,
        subject=missed.subjects[row],
        target_seconds=missed.targets[row],
        owner_id=missed.owners[row],
    )


def _escalated(missed: Missed, row: int, role: str, people: list[int]) -> PromiseEscalated:
    return PromiseEscalated(
        promise_id=missed.promises[row],
        promise_key=missed.rule.key,
        subject=missed.subjects[row],
        step=missed.steps[row],
        role=role,
        employee_ids=people,
    )


def _history(kind: type[Event], told: list[_Told]) -> History:
    mine = [one for one in told if type(one.event) is kind]
    return History(
        event=kind,
        subject_kind="promise",
        subjects=[one.promise for one in mine],
        customers=[one.customer for one in mine],
        stores=[one.store for one in mine],
        moments=np.array([one.moment for one in mine], dtype=np.int64),
        payloads=[one.event.model_dump_json(exclude_defaults=True) for one in mine],
        witnessed=True,
    )
