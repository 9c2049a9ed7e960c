"""What hangs in a fitting room: each piece with its picture, its price, and its brothers in other sizes."""

from dataclasses import dataclass
from typing import Any

from clothier.catalog.selectors import skus, skus_of_styles, stock_of
from clothier.desks.floor.selectors.people import Face, faces
from clothier.kernel.access import Viewer
from clothier.visits.contracts import FittingView, ItemView
from clothier.visits.selectors import visit_view


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece in the room; `others` are sizes of the same style and colour with their stock here."""

    item: ItemView
    sku: Any
    others: list[tuple[Any, int]]

    @property
    def asks_where(self) -> bool:
        """It did not fit, and nobody said where."""
        return self.item.outcome in ("too_small", "too_large", "cut") and not self.item.reason


@dataclass(frozen=True, slots=True)
class Rail:
    fitting: FittingView
    face: Face
    pieces: list[Piece]
    suggestions: list[tuple[str, str]]

    @property
    def waiting(self) -> list[Piece]:
        return [piece for piece in self.pieces if not piece.item.outcome]

    @property
    def tried(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.item.outcome]

    @property
    def kept(self) -> int:
        return sum(1 for piece in self.pieces if piece.item.outcome == "kept")


def rail_of(viewer: Viewer, fitting: FittingView) -> Rail:
    """The fitting with its pieces, and of the styles proposed before those not yet in the room."""
    found = skus(item.sku_id for item in fitting.items)
    proposed = _proposed(viewer, fitting) - {sku.style_id for sku in found.values()}
    family = skus_of_styles({sku.style_id for sku in found.values()} | proposed)
    stock = stock_of(store=fitting.store_id, skus=[sku.pk for group in family.values() for sku in group])
    known = faces(viewer, [fitting.customer_id])
    return Rail(
        fitting=fitting,
        face=known.get(fitting.customer_id or 0, Face.unknown(1)),
        pieces=[_piece(item, found, family, stock) for item in fitting.items],
        suggestions=[
            (sku.code, f"{sku.style.display_name} {sku.size}")
            for style in sorted(proposed)
            for sku in [sku for sku in family[style] if stock[sku.pk]][:2]
        ],
    )


def _piece(item: ItemView, found: dict[int, Any], family: dict[int, list[Any]], stock: dict[int, int]) -> Piece:
    sku = found.get(item.sku_id)
    same = [s for s in family[sku.style_id] if s.colour_id == sku.colour_id and s.pk != sku.pk] if sku else []
    return Piece(item, sku, [(other, stock[other.pk]) for other in same])


def _proposed(viewer: Viewer, fitting: FittingView) -> set[int]:
    visit = visit_view(viewer, fitting.visit_id)
    return {style for step in visit.steps for style in step.style_ids} if visit else set()
