"""Visits as pages show them: a handful of queries for a whole store, none that grows with history."""

from collections import defaultdict, namedtuple
from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.kernel.words import word
from clothier.visits.contracts import NeedView, StepView, VisitView
from clothier.visits.models import Fitting, Need, Step, Visit
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
    rows = visits_for(viewer).filter(pk=visit).select_related("appointment")
    return next(iter(_told(list(rows[:1]), whole=True)), None)


def visit_is_seen(viewer: Viewer, visit: int) -> bool:
    """Whether there is such a visit in the viewer's stores; all that a tap needs to know before its verb."""
    return any(viewer.sees(store) for store in _store(visit=visit))


def arrival_step(visit: int) -> int | None:
    """The step by which an arrival is taken back; None once it is."""
    return next(iter(_arrival(visit=visit)), None)


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
    steps = _steps_of(visits, whole=whole)
    sessions: defaultdict[int, list[Fitting]] = defaultdict(list)
    ids = [visit.pk for visit in visits]
    for session in _fittings(ids).prefetch_related("items") if whole else _sessions(visits=ids):
        sessions[session.visit_id].append(session)
    return [_view(visit, steps[visit.pk], sessions[visit.pk], whole=whole) for visit in visits]


@prepared
def _sessions(visits: list[int]) -> "QuerySet[Fitting, Fitting]":
    return _fittings(visits)


def _fittings(visits: list[int]) -> QuerySet[Fitting]:
    return Fitting.objects.filter(visit__in=visits).select_related("room").order_by("id")


def _view(visit: Visit, rows: list[Any], sessions: list[Fitting], *, whole: bool) -> VisitView:
    steps = tuple(_step(row, whole=whole, undoable=_undoable(row, rows, visit)) for row in rows)
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
        need=next((_need(row.need) for row in reversed(rows) if hasattr(row, "need")), None) if whole else None,
        fittings=tuple(fittings.told(row, visit, whole=whole) for row in sessions),
    )


def _steps_of(visits: list[Visit], *, whole: bool) -> dict[int, list[Any]]:
    """Live steps by visit. Names are asked for instead of whole rows: a full store is many steps."""
    ids, english = [visit.pk for visit in visits], (get_language() or "").startswith("en")
    rows: Iterable[Any]
    if whole:
        rows = _named(ids, english).select_related("need").prefetch_related("styles")
    else:
        rows = map(_Step._make, _steps(visits=ids, english=english))
    steps: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        steps[row.visit_id].append(row)
    return steps


@prepared
def _steps(visits: list[int], english: bool) -> "QuerySet[Step, Any]":
    return _named(visits, english).values_list(*_Step._fields)


def _named(visits: list[int], english: bool) -> QuerySet[Step]:
    """With the names of the colleague and of the zone, the zone's in the reader's language."""
    live = Step.objects.filter(visit__in=visits, undone_at=None).order_by("at", "id")
    zone = Coalesce(NullIf("zone__name_en", Value("")), "zone__name") if english else F("zone__name")
    return live.annotate(by_name=F("by__name"), zone_name=zone)


def _undoable(step: Any, steps: list[Any], visit: Visit) -> bool:
    """As the verb decides: for a while; after a farewell only the farewell, an arrival only while it stands alone."""
    if clock.now() - step.recorded_at > UNDO:
        return False
    if visit.left_at:
        return bool(step.kind == StepKind.LEFT)
    return bool(step.kind != StepKind.ARRIVED or len(steps) == 1)


def _step(step: Any, *, whole: bool, undoable: bool) -> StepView:
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
        style_ids=tuple(style.style_id for style in step.styles.all()) if whole else (),
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
