"""What other packages hand to the catalogue and get from it. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """A kind of goods; `silhouette` names the drawing that stands for it."""

    code: str
    name: str
    name_en: str = ""
    silhouette: str = ""


@dataclass(frozen=True, slots=True)
class ColourFacts:
    """A colour; `swatch` is #rrggbb."""

    code: str
    name: str
    name_en: str = ""
    swatch: str = "#b8b2a7"


@dataclass(frozen=True, slots=True)
class VariantFacts:
    """One colour in one size: what a barcode stands for. An empty `code` becomes style-colour-size."""

    colour: str
    size: str
    barcode: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class StyleFacts:
    """A style as merchandising describes it. Money in fen; `fabric` is percent by fibre; category by its code."""

    code: str
    name: str
    category: str
    price_fen: int
    name_en: str = ""
    cost_fen: int | None = None
    brand: str = ""
    line: str = ""
    gender: str = "unisex"
    season: str = "all"
    year: int | None = None
    fabric: Mapping[str, int] = field(default_factory=dict)
    care: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: str = ""
    description_en: str = ""
    listed_on: date | None = None
    variants: tuple[VariantFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class StockCount:
    """So many pieces of a SKU lie in a store."""

    store_id: int
    sku_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What an upsert did: ids by style code, and the codes that were new or changed."""

    ids: dict[str, int]
    created: frozenset[str]
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class StoreStock:
    """A style's stock in one store: pieces by SKU id."""

    store_id: int
    store_name: str
    city: str
    by_sku: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.by_sku.values())
