"""Visits as pages show them: a handful of queries for a whole store, none that grows with history."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.visits.contracts import NeedView, StepView, VisitView
from clothier.visits.models import Fitting, Need, Step, Visit
from clothier.visits.rules import UNDO, StepKind, next_step
from clothier.visits.selectors import fittings

# The words behind a step's detail.
DETAILS: dict[str, Any] = {**dict(Step.Aid.choices), **dict(Visit.Outcome.choices)}


def visits_for(viewer: Viewer) -> QuerySet[Visit]:
    """Visits in the viewer's stores, slips of the thumb excluded."""
    visits = Visit.objects.exclude(outcome=Visit.Outcome.VOID)
    return visits if viewer.stores is None else visits.filter(store__in=viewer.stores)


def here(viewer: Viewer, *, store: int, limit: int = 200) -> list[VisitView]:
    """Who is in the store now, first come first; without styles and pieces, which a list does not show."""
    rows = visits_for(viewer).filter(store=store, left_at=None).order_by("arrived_at", "id")
    return [told(visit) for visit in _with_steps(rows)[:limit]]


def visit_view(viewer: Viewer, visit: int) -> VisitView | None:
    """One visit with everything in it, or None when there is none in the viewer's stores."""
    row = _with_steps(visits_for(viewer).filter(pk=visit)).first()
    if row is None:
        return None
    prefetch_related_objects([row], "steps__styles", "fittings__items")
    return told(row, whole=True)


def told(visit: Visit, *, whole: bool = False) -> VisitView:
    rows: list[Step] = list(visit.steps.all())
    steps = tuple(_step(row, whole=whole, undoable=_undoable(row, rows, visit)) for row in rows)
    sessions = tuple(fittings.told(row, visit, whole=whole) for row in visit.fittings.all())
    return VisitView(
        id=visit.pk,
        store_id=visit.store_id,
        customer_id=visit.customer_id,
        via=visit.via,
        via_name=visit.get_via_display(),
        party_size=visit.party_size,
        arrived_at=visit.arrived_at,
        left_at=visit.left_at,
        outcome=visit.outcome,
        outcome_name=visit.get_outcome_display(),
        purpose=visit.appointment.purpose if visit.appointment else "",
        steps=steps,
        next="" if visit.left_at else next_step({step.kind for step in steps}, fitted=bool(sessions)),
        need=next((_need(row.need) for row in reversed(rows) if hasattr(row, "need")), None) if whole else None,
        fittings=sessions,
    )


def _with_steps(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """With live steps and fittings. Names are asked for instead of whole rows: a full store is many steps."""
    live = Step.objects.filter(undone_at=None).annotate(by_name=F("by__name"), zone_name=_zone_name())
    sessions = Fitting.objects.select_related("room").order_by("id")
    return rows.select_related("appointment").prefetch_related(
        Prefetch("steps", queryset=live.select_related("need").order_by("at", "id")),
        Prefetch("fittings", queryset=sessions),
    )


def _zone_name() -> Any:
    """A zone's name in the reader's language, within a query."""
    if not (get_language() or "").startswith("en"):
        return F("zone__name")
    return Coalesce(NullIf("zone__name_en", Value("")), "zone__name")


def _undoable(step: Step, steps: list[Step], visit: Visit) -> bool:
    """As the verb decides: for a while; after a farewell only the farewell, an arrival only while it stands alone."""
    if clock.now() - step.recorded_at > UNDO:
        return False
    if visit.left_at:
        return step.kind == StepKind.LEFT
    return step.kind != StepKind.ARRIVED or len(steps) == 1


def _step(step: Any, *, whole: bool, undoable: bool) -> StepView:
    return StepView(
        id=step.pk,
        kind=step.kind,
        name=step.get_kind_display(),
        at=step.at,
        recorded_at=step.recorded_at,
        late=step.late,
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
        occasion_name=need.get_occasion_display(),
        wearer=need.wearer,
        wearer_name=need.get_wearer_display(),
        category=need.category,
        budget_fen=need.budget_fen,
    )
