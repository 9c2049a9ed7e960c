"""Visits as pages show them: a handful of queries for a whole store, none that grows with history."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from clothier.kernel.access import Viewer
from clothier.visits.contracts import NeedView, StepView, VisitView
from clothier.visits.models import Fitting, Need, Step, Visit
from clothier.visits.rules import next_step
from clothier.visits.selectors import fittings


def visits_for(viewer: Viewer) -> QuerySet[Visit]:
    """Visits in the viewer's stores, slips of the thumb excluded."""
    visits = Visit.objects.exclude(outcome=Visit.Outcome.VOID)
    return visits if viewer.stores is None else visits.filter(store__in=viewer.stores)


def here(viewer: Viewer, *, store: int, limit: int = 200) -> list[VisitView]:
    """Who is in the store now, first come first."""
    rows = visits_for(viewer).filter(store=store, left_at=None).order_by("arrived_at", "id")
    return [told(visit) for visit in _with_all(rows)[:limit]]


def recently_left(viewer: Viewer, *, store: int, since: datetime, limit: int = 20) -> list[VisitView]:
    """Who came since a moment and has gone, latest arrival first: for notes not yet written."""
    rows = visits_for(viewer).filter(store=store, arrived_at__gte=since, left_at__isnull=False)
    return [told(visit) for visit in _with_all(rows.order_by("-arrived_at", "-id"))[:limit]]


def visit_view(viewer: Viewer, visit: int) -> VisitView | None:
    """One visit, or None when there is none in the viewer's stores."""
    row = _with_all(visits_for(viewer).filter(pk=visit)).first()
    return told(row) if row else None


def told(visit: Visit) -> VisitView:
    rows: list[Step] = list(visit.steps.all())
    steps = tuple(_step(row) for row in rows)
    sessions = tuple(fittings.told(row) for row in visit.fittings.all())
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
        need=next((_need(row.need) for row in reversed(rows) if hasattr(row, "need")), None),
        fittings=sessions,
    )


def _with_all(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    live = Step.objects.filter(undone_at=None).select_related("by", "zone", "need").prefetch_related("styles")
    sessions = Fitting.objects.select_related("room", "visit").prefetch_related("items").order_by("id")
    return rows.select_related("appointment").prefetch_related(
        Prefetch("steps", queryset=live.order_by("at", "id")), Prefetch("fittings", queryset=sessions)
    )


def _step(step: Step) -> StepView:
    details: dict[str, Any] = {**dict(Step.Aid.choices), **dict(Visit.Outcome.choices)}
    return StepView(
        id=step.pk,
        kind=step.kind,
        name=step.get_kind_display(),
        at=step.at,
        recorded_at=step.recorded_at,
        late=step.late,
        by_id=step.by_id,
        by_name=step.by.name if step.by else "",
        zone_name=str(step.zone) if step.zone else "",
        detail_name=str(details.get(step.detail, "")),
        style_ids=tuple(style.style_id for style in step.styles.all()),
        undone_at=step.undone_at,
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
