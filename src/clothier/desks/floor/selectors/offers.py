"""What to show a visitor: styles lying in this store that fit what is known, each with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clothier.catalog.selectors import skus_of_styles, stock_of, styles_here
from clothier.customers.contracts import Card
from clothier.kernel.money import Money
from clothier.visits.contracts import NeedView, SceneToday

POOL = 12
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """A style with why it is shown, its sizes here (size → pieces) and the code of a piece to fetch."""

    style: Any
    reasons: list[str]
    sizes: dict[str, int]
    swatch: str
    sku_code: str


def offers(
    *, store: int, need: NeedView | None, card: Card | None, scenes: Sequence[SceneToday], query: str = ""
) -> list[Offer]:
    """At most six, the best-founded first. Five queries, whatever the catalogue's size."""
    budget = need.budget_fen if need else None
    category = need.category if need else ""
    pool = styles_here(store=store, category=category, most_fen=budget, query=query, limit=POOL)
    variants = skus_of_styles(style.pk for style in pool)
    stock = stock_of(store=store, skus=[sku.pk for group in variants.values() for sku in group])
    made = [_offer(style, variants[style.pk], stock, need, card, scenes) for style in pool]
    return sorted(made, key=lambda offer: -len(offer.reasons))[:SHOWN]


def _offer(
    style: Any,
    variants: Sequence[Any],
    stock: dict[int, int],
    need: NeedView | None,
    card: Card | None,
    scenes: Sequence[SceneToday],
) -> Offer:
    lying = [sku for sku in variants if stock.get(sku.pk)]
    sizes: dict[str, int] = {}
    for sku in sorted(lying, key=lambda sku: sku.size_rank):
        sizes[sku.size] = sizes.get(sku.size, 0) + stock[sku.pk]
    known = {fact.value for fact in card.sizes} if card else set()
    mine = [sku for sku in lying if sku.size in known]
    liked = _liked(card)
    wanted = next((sku for sku in mine or lying if sku.colour.name in liked), (mine or lying or [None])[0])
    reasons = [
        *_size_reason(mine, stock),
        *_colour_reason(wanted, liked),
        *_budget_reason(style, need),
        *_scene_reasons(style, scenes),
    ]
    return Offer(style, reasons, sizes, wanted.colour.swatch if wanted else "#b8b2a7", wanted.code if wanted else "")


def _liked(card: Card | None) -> set[str]:
    return {fact.value for fact in card.likes if fact.field == "colour"} if card else set()


def _size_reason(mine: Sequence[Any], stock: dict[int, int]) -> list[str]:
    if not mine:
        return []
    pieces = sum(stock[sku.pk] for sku in mine if sku.size == mine[0].size)
    return [_("有 %(size)s 码 %(n)s 件") % {"size": mine[0].size, "n": pieces}]


def _colour_reason(sku: Any, liked: set[str]) -> list[str]:
    if sku is None or sku.colour.name not in liked:
        return []
    return [_("喜欢的颜色：%(colour)s") % {"colour": str(sku.colour)}]


def _budget_reason(style: Any, need: NeedView | None) -> list[str]:
    if not need or not need.budget_fen:
        return []
    return [_("在预算 %(budget)s 以内") % {"budget": Money(need.budget_fen)}]


def _scene_reasons(style: Any, scenes: Sequence[SceneToday]) -> list[str]:
    text = f"{style.category.name} {style.name} {style.words}"
    return [
        _("适合今天：%(scene)s") % {"scene": scene.name}
        for scene in scenes
        if any(word in text for word in scene.categories)
    ]
