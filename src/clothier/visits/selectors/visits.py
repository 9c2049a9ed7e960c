"""Visits as pages show them: a handful of queries for a whole store, none that grows with history."""

from collections import defaultdict, namedtuple
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.kernel.words import word
from clothier.visits.contracts import NeedView, StepView, VisitView
from clothier.visits.models import Fitting, FittingItem, Need, ProposedStyle, Step, Visit
from clothier.visits.rules import UNDO, StepKind, is_late, next_step
from clothier.visits.selectors import fittings

_Step = namedtuple("_Step", "id visit_id kind at recorded_at by_id detail undone_at by_name zone_name")
# The words behind a step's detail.
DETAILS: dict[str, Any] = {**dict(Step.Aid.choices), **dict(Visit.Outcome.choices)}


def visits_for(viewer: Viewer) -> QuerySet[Visit]:
    """Visits in the viewer's stores, slips of the thumb excluded."""
    visits = Visit.objects.exclude(outcome=Visit.Outcome.VOID)
    return visits if viewer.stores is None else visits.filter(store__in=viewer.stores)


def here(viewer: Viewer, *, store: int, limit: int = 200) -> list[VisitView]:
    """Who is in the store now, first come first; without styles and pieces, which a list does not show."""
    return _told(_present(store=store, limit=limit)) if viewer.sees(store) else []


@prepared
def _present(store: int, limit: int) -> "QuerySet[Visit, Visit]":
    rows = Visit.objects.exclude(outcome=Visit.Outcome.VOID.value).filter(store=store, left_at=None)
    return rows.select_related("appointment").order_by("arrived_at", "id")[:limit]


def visit_view(viewer: Viewer, visit: int) -> VisitView | None:
    """One visit with everything in it, or None when there is none in the viewer's stores."""
    rows = [row for row in _visit(visit=visit) if viewer.sees(row.store_id)]
    return next(iter(_told(rows, whole=True)), None)


def visit_is_seen(viewer: Viewer, visit: int) -> bool:
    """Whether there is such a visit in the viewer's stores; all that a tap needs to know before its verb."""
    return any(viewer.sees(store) for store in _store(visit=visit))


def arrival_step(visit: int) -> int | None:
    """The step by which an arrival is taken back; None once it is."""
    return next(iter(_arrival(visit=visit)), None)


@prepared
def _visit(visit: int) -> "QuerySet[Visit, Visit]":
    return Visit.objects.filter(pk=visit).exclude(outcome=Visit.Outcome.VOID.value).select_related("appointment")


@prepared
def _store(visit: int) -> "QuerySet[Visit, int]":
    return Visit.objects.filter(pk=visit).exclude(outcome=Visit.Outcome.VOID).values_list("store_id", flat=True)


@prepared
def _arrival(visit: int) -> "QuerySet[Step, int]":
    arrived = Step.objects.filter(visit=visit, kind=StepKind.ARRIVED.value, undone_at=None)
    return arrived.order_by("id").values_list("id", flat=True)[:1]


def _told(visits: list[Visit], *, whole: bool = False) -> list[VisitView]:
    """Two queries for the steps and fittings of all; `whole` adds styles, needs and pieces."""
    if not visits:
        return []
    ids = [visit.pk for visit in visits]
    steps, sessions = _steps_of(ids), defaultdict[int, list[Fitting]](list)
    for session in _sessions(visits=ids):
        sessions[session.visit_id].append(session)
    more = _More.of(steps, [row.pk for rows in sessions.values() for row in rows]) if whole else _More({}, {}, {})
    return [_view(visit, steps[visit.pk], sessions[visit.pk], more) for visit in visits]


class _More(NamedTuple):
    """What only a single visit's page shows: the latest need of a visit, styles of a step, pieces of a fitting."""

    needs: Mapping[int, Need]
    styles: Mapping[int, Sequence[int]]
    pieces: Mapping[int, Sequence[FittingItem]]

    @classmethod
    def of(cls, steps: Mapping[int, Sequence[Any]], sessions: list[int]) -> "_More":
        """Only steps that can have them are asked for."""
        live = [step for rows in steps.values() for step in rows]
        styles: defaultdict[int, list[int]] = defaultdict(list)
        for proposed, style in _proposed(steps=[step.id for step in live if step.kind == StepKind.PROPOSED]):
            styles[proposed].append(style)
        latest = {step.visit_id: step.id for step in live if step.kind == StepKind.NEED_RECORDED}
        found = {need.step_id: need for need in _needs(steps=list(latest.values()))}
        needs = {visit: found[step] for visit, step in latest.items() if step in found}
        return cls(needs, styles, fittings.pieces_of(sessions))


@prepared
def _needs(steps: list[int]) -> "QuerySet[Need, Need]":
    return Need.objects.filter(step__in=steps)


@prepared
def _proposed(steps: list[int]) -> "QuerySet[ProposedStyle, Any]":
    return ProposedStyle.objects.filter(step__in=steps).order_by("id").values_list("step_id", "style_id")


@prepared
def _sessions(visits: list[int]) -> "QuerySet[Fitting, Fitting]":
    return Fitting.objects.filter(visit__in=visits).select_related("room").order_by("id")


def _view(visit: Visit, rows: list[Any], sessions: list[Fitting], more: _More) -> VisitView:
    steps = tuple(_step(row, more.styles.get(row.id, ()), undoable=_undoable(row, rows, visit)) for row in rows)
    need = more.needs.get(visit.pk)
    return VisitView(
        id=visit.pk,
        store_id=visit.store_id,
        customer_id=visit.customer_id,
        via=visit.via,
        via_name=word(Visit.Via, visit.via),
        party_size=visit.party_size,
        arrived_at=visit.arrived_at,
        left_at=visit.left_at,
        outcome=visit.outcome,
        outcome_name=word(Visit.Outcome, visit.outcome),
        purpose=visit.appointment.purpose if visit.appointment else "",
        steps=steps,
        next="" if visit.left_at else next_step({step.kind for step in steps}, fitted=bool(sessions)),
        need=_need(need) if need else None,
        fittings=tuple(fittings.told(row, visit, more.pieces.get(row.pk, ())) for row in sessions),
    )


def _steps_of(visits: list[int]) -> dict[int, list[Any]]:
    """Live steps by visit. Names are asked for instead of whole rows: a full store is many steps."""
    steps: defaultdict[int, list[Any]] = defaultdict(list)
    for row in map(_Step._make, _steps(visits=visits, english=(get_language() or "").startswith("en"))):
        steps[row.visit_id].append(row)
    return steps


@prepared
def _steps(visits: list[int], english: bool) -> "QuerySet[Step, Any]":
    """With the names of the colleague and of the zone, the zone's in the reader's language."""
    live = Step.objects.filter(visit__in=visits, undone_at=None).order_by("at", "id")
    zone = Coalesce(NullIf("zone__name_en", Value("")), "zone__name") if english else F("zone__name")
    return live.annotate(by_name=F("by__name"), zone_name=zone).values_list(*_Step._fields)


def _undoable(step: Any, steps: list[Any], visit: Visit) -> bool:
    """As the verb decides: for a while; after a farewell only the farewell, an arrival only while it stands alone."""
    if clock.now() - step.recorded_at > UNDO:
        return False
    if visit.left_at:
        return bool(step.kind == StepKind.LEFT)
    return bool(step.kind != StepKind.ARRIVED or len(steps) == 1)


def _step(step: Any, styles: Sequence[int], *, undoable: bool) -> StepView:
    return StepView(
        id=step.id,
        kind=step.kind,
        name=word(Step.Kind, step.kind),
        at=step.at,
        recorded_at=step.recorded_at,
        late=is_late(step.at, step.recorded_at),
        by_id=step.by_id,
        by_name=step.by_name or "",
        zone_name=step.zone_name or "",
        detail_name=str(DETAILS.get(step.detail, "")),
        style_ids=tuple(styles),
        undone_at=step.undone_at,
        undoable=undoable,
    )


def _need(need: Need) -> NeedView:
    return NeedView(
        occasion=need.occasion,
        occasion_name=word(Need.Occasion, need.occasion),
        wearer=need.wearer,
        wearer_name=word(Need.Wearer, need.wearer),
        category=need.category,
        budget_fen=need.budget_fen,
    )
