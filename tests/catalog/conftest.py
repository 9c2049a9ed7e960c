"""One style everybody knows: the coat K2071, in black and camel, S to L, and its stock in the cast's store."""

from dataclasses import dataclass

import pytest

from clothier.catalog.contracts import CategoryFacts, ColourFacts, StockCount, StyleFacts, VariantFacts
from clothier.catalog.models import Sku
from clothier.catalog.services import save_categories, save_colours, set_stock, upsert_style
from tests.cast import Cast

COAT = StyleFacts(
    code="K2071",
    name="双面羊绒长大衣",
    name_en="Double-faced cashmere long coat",
    category="coat",
    price_fen=329_900,
    cost_fen=98_000,
    gender="women",
    season="winter",
    year=2026,
    fabric={"wool": 70, "cashmere": 30},
    care=("dryclean", "nobleach"),
    variants=tuple(
        VariantFacts(colour=colour, size=size, barcode=f"69012345{i}{j}")
        for i, colour in enumerate(["black", "camel"])
        for j, size in enumerate(["L", "M", "S"])
    ),
)


@dataclass(frozen=True)
class Goods:
    style: int
    store: int
    skus: dict[str, int]


def save_basics() -> None:
    save_categories(categories=[CategoryFacts("coat", "大衣", "Coats")])
    save_colours(colours=[ColourFacts("black", "黑色", "Black", "#1c1c1e"), ColourFacts("camel", "驼色")])


@pytest.fixture
def coat(cast: Cast) -> Goods:
    save_basics()
    style = upsert_style(style=COAT)
    skus = dict(Sku.objects.values_list("code", "id"))
    set_stock(counts=[StockCount(cast.store.pk, skus["K2071-BLACK-M"], 2)])
    return Goods(style=style, store=cast.store.pk, skus=skus)
