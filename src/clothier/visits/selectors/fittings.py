"""Fittings as pages show them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from clothier.kernel.access import STAFF, Viewer
from clothier.kernel.words import word
from clothier.visits.contracts import FittingView, ItemView
from clothier.visits.models import Fitting, FittingItem, Visit


def fittings_for(viewer: Viewer) -> QuerySet[Fitting]:
    """Fittings in the viewer's stores."""
    fittings = Fitting.objects.select_related("visit", "room")
    return fittings if viewer.stores is None else fittings.filter(visit__store__in=viewer.stores)


def fitting_view(viewer: Viewer, fitting: int) -> FittingView | None:
    row = fittings_for(viewer).prefetch_related("items").filter(pk=fitting).first()
    return told(row, row.visit, whole=True) if row else None


def fittings_of(viewer: Viewer, *, customers: Iterable[int], limit: int = 5) -> list[FittingView]:
    """One person's latest fittings from every store, newest first: fit is the same everywhere. Staff only."""
    if viewer.role not in STAFF:
        return []
    rows = Fitting.objects.filter(visit__customer_id__in=list(customers)).select_related("visit", "room")
    return [
        told(row, row.visit, whole=True) for row in rows.prefetch_related("items").order_by("-opened_at", "-id")[:limit]
    ]


def told(fitting: Fitting, visit: Visit, *, whole: bool) -> FittingView:
    """`whole`: with its pieces, which the caller prefetched."""
    items = sorted(fitting.items.all(), key=lambda item: (item.brought_at, item.pk)) if whole else []
    return FittingView(
        id=fitting.pk,
        visit_id=fitting.visit_id,
        store_id=visit.store_id,
        customer_id=visit.customer_id,
        room_id=fitting.room_id,
        room=fitting.room.number if fitting.room else "",
        opened_at=fitting.opened_at,
        closed_at=fitting.closed_at,
        rating=fitting.rating,
        items=tuple(_item(item) for item in items),
    )


def _item(item: FittingItem) -> ItemView:
    return ItemView(
        id=item.pk,
        sku_id=item.sku_id,
        brought_at=item.brought_at,
        outcome=item.outcome,
        outcome_name=word(FittingItem.Outcome, item.outcome),
        reason=item.reason,
        reason_name=word(FittingItem.Reason, item.reason),
    )
