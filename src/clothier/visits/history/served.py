"""Visits that were attended: every step, fitting and call, with their events as if told at the time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from django.db import transaction

from clothier.eventlog.contracts import Event
from clothier.eventlog.history import record_history
from clothier.kernel.columns import NEVER, Cells, Every, Ints, claim, insert
from clothier.visits import events
from clothier.visits.contracts import PastServices
from clothier.visits.history.beside import load_bells, load_fittings, witnessed
from clothier.visits.history.recorded import insert_visits
from clothier.visits.models import Need, ProposedStyle, Step
from clothier.visits.rules import StepKind

_NOWHERE, _PLAIN = Every(None), Every("")


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step in the visits (by their places) in which it was taken."""

    kind: StepKind
    event: type[Event]
    rows: Ints
    moments: Ints
    actors: Sequence[int | None]
    payloads: Sequence[str]
    zones: Cells = _NOWHERE
    details: Cells = _PLAIN


@transaction.atomic
def load_services(told: PastServices) -> range:
    """What arrivals, steps, fittings, bells and farewells do at their moments, for whoever has the tables to himself.

    The ids of the visits. Promises ran on them: they are judged and written too. Raises Refused as `load_visits` does.
    """
    visits = insert_visits(told.visits)
    taken = [_arrivals(told), *_steps(told), _farewells(told)]
    for step in taken:
        _insert(step, visits, told)
    log = [
        witnessed(told, one.event, "visit", one.rows + visits.start, one.rows, one.moments, one.payloads, one.actors)
        for one in taken
    ]
    record_history(*log, *load_fittings(told, visits), *load_bells(told, visits))
    return visits


def _arrivals(told: PastServices) -> _Taken:
    party = zip(told.visits.vias, told.visits.parties.tolist(), strict=True)
    payloads = [_written(events.VisitArrived, via=via, party_size=size) for via, size in party]
    rows = np.arange(len(payloads))
    return _Taken(StepKind.ARRIVED, events.VisitArrived, rows, told.visits.arrived, told.greeters, payloads)


def _farewells(told: PastServices) -> _Taken:
    outcomes, people = told.visits.outcomes, list(zip(told.associates, told.greeters, strict=True))
    payloads = [
        _written(events.VisitLeft, outcome=outcome, served=associate is not None, served_by=associate)
        for outcome, (associate, _greeter) in zip(outcomes, people, strict=True)
    ]
    actors = [greeter if associate is None else associate for associate, greeter in people]
    rows = np.arange(len(payloads))
    return _Taken(StepKind.LEFT, events.VisitLeft, rows, told.visits.left, actors, payloads, details=outcomes)


def _steps(told: PastServices) -> list[_Taken]:
    zones, nobody = told.zones.tolist(), [None] * len(told.greeters)

    def zone(row: int) -> str:
        return _written(events.VisitStopped, zone_id=zones[row])

    def need(row: int) -> str:
        return _written(events.VisitNeedRecorded, occasion=told.occasions[row], category=told.categories[row])

    def styles(row: int) -> str:
        return f'{{"style_ids":{list(told.styles[row])}}}'

    return [
        _step(StepKind.GREETED, events.VisitGreeted, told.greeted, told.greeters),
        _step(StepKind.STOPPED, events.VisitStopped, told.stopped, nobody, zone, told.zones),
        _step(StepKind.APPROACHED, events.VisitApproached, told.approached, told.associates),
        _step(StepKind.NEED_RECORDED, events.VisitNeedRecorded, told.understood, told.associates, need),
        _step(StepKind.PROPOSED, events.VisitProposed, told.proposed, told.associates, styles),
    ]


def _step(
    kind: StepKind,
    event: type[Event],
    moments: Ints,
    actors: Sequence[int | None],
    payload: Callable[[int], str] | None = None,
    zones: "Ints | None" = None,
) -> _Taken:
    rows = np.flatnonzero(moments != NEVER)
    payloads = [payload(row) for row in rows.tolist()] if payload else ["{}"] * len(rows)
    there: Cells = _NOWHERE if zones is None else zones[rows]
    return _Taken(kind, event, rows, moments[rows], [actors[row] for row in rows.tolist()], payloads, there)


@cache
def _written(event: type[Event], **fields: Any) -> str:
    """An event's payload; the same few say the same again and again."""
    return event(**fields).model_dump_json(exclude_defaults=True)


def _insert(step: _Taken, visits: range, told: PastServices) -> None:
    count, ids = len(step.rows), claim(Step, len(step.rows))
    insert(Step, count=count, columns={
        "id": ids, "visit_id": step.rows + visits.start, "kind": Every(step.kind.value),
        "at": step.moments, "recorded_at": step.moments, "by_id": step.actors, "zone_id": step.zones,
        "detail": step.details,
    })  # fmt: skip
    if step.kind is StepKind.NEED_RECORDED:
        rows = step.rows.tolist()
        insert(Need, count=count, columns={
            "step_id": ids, "occasion": [told.occasions[row] for row in rows],
            "category": [told.categories[row] for row in rows],
        })  # fmt: skip
    if step.kind is StepKind.PROPOSED:
        shown = [(pk, style) for pk, row in zip(ids, step.rows.tolist(), strict=True) for style in told.styles[row]]
        insert(
            ProposedStyle,
            count=len(shown),
            columns={"step_id": [s for s, _ in shown], "style_id": [style for _, style in shown]},
        )
