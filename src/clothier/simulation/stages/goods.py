"""Then what they sell: categories, colours, styles with their variants, and the stock in every store."""

from collections.abc import Mapping, Sequence

import numpy as np

from clothier.catalog.contracts import StockCount, StyleFacts
from clothier.catalog.selectors import variants
from clothier.catalog.services import save_categories, save_colours, set_stock, upsert_styles
from clothier.simulation import chain, goods
from clothier.simulation.draws import stream

# The share of the styles a store carries, and about how many pieces of each variant.
RANGE = {"flagship": (1.0, 3.2), "street": (0.55, 1.6)}


def fill_catalogue(styles: Sequence[StyleFacts]) -> dict[str, int]:
    """The styles' ids by code."""
    save_categories(categories=goods.categories())
    save_colours(colours=goods.colours())
    return upsert_styles(styles=styles).ids


def stock_stores(*, seed: int, places: Mapping[str, chain.StorePlace]) -> int:
    """Lay pieces into the stores: the flagship carries everything, a street store about half; how many counts."""
    skus = np.array([(sku, style) for sku, style, *_ in variants()], dtype=np.int64)
    written = 0
    for place, facts in zip(places.values(), chain.stores(limit=len(places)), strict=True):
        rng = stream(seed, "stock", facts.code)
        share, mean = RANGE[facts.kind]
        styles = np.unique(skus[:, 1])
        carried = styles[rng.random(len(styles)) < share]
        mine = skus[np.isin(skus[:, 1], carried), 0]
        # Sizes run out unevenly: that is what makes a shop ask another one.
        pieces = np.where(rng.random(len(mine)) < 0.12, 0, rng.poisson(mean, len(mine)))
        written += set_stock(
            counts=[StockCount(place.id, sku, n) for sku, n in zip(mine.tolist(), pieces.tolist(), strict=True)]
        )
    return written
