"""Fittings as pages show them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from clothier.kernel.access import STAFF, Viewer
from clothier.kernel.rows import prepared
from clothier.kernel.words import word
from clothier.visits.contracts import FittingView, ItemView
from clothier.visits.models import Fitting, FittingItem, Visit


def fittings_for(viewer: Viewer) -> QuerySet[Fitting]:
    """Fittings in the viewer's stores."""
    fittings = Fitting.objects.select_related("visit", "room")
    return fittings if viewer.stores is None else fittings.filter(visit__store__in=viewer.stores)


def fitting_view(viewer: Viewer, fitting: int) -> FittingView | None:
    row = fittings_for(viewer).filter(pk=fitting).first()
    return told(row, row.visit, pieces_of([fitting])[fitting]) if row else None


def fittings_of(viewer: Viewer, *, customers: Iterable[int], limit: int = 5) -> list[FittingView]:
    """One person's latest fittings from every store, newest first: fit is the same everywhere. Staff only."""
    if viewer.role not in STAFF:
        return []
    rows = _latest(customers=list(customers), limit=limit)
    pieces = pieces_of(row.pk for row in rows)
    return [told(row, row.visit, pieces[row.pk]) for row in rows]


@prepared
def _latest(customers: list[int], limit: int) -> "QuerySet[Fitting, Fitting]":
    rows = Fitting.objects.filter(visit__customer_id__in=customers).select_related("visit", "room")
    return rows.order_by("-opened_at", "-id")[:limit]


def pieces_of(fittings: Iterable[int]) -> Mapping[int, Sequence[FittingItem]]:
    """What was tried in each fitting, in the order in which it was brought."""
    pieces: defaultdict[int, list[FittingItem]] = defaultdict(list)
    for item in _pieces(fittings=list(fittings)):
        pieces[item.fitting_id].append(item)
    return pieces


@prepared
def _pieces(fittings: list[int]) -> "QuerySet[FittingItem, FittingItem]":
    return FittingItem.objects.filter(fitting__in=fittings).order_by("brought_at", "id")


def told(fitting: Fitting, visit: Visit, pieces: Iterable[FittingItem]) -> FittingView:
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
        items=tuple(map(_item, pieces)),
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
