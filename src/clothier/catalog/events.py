"""What happens to goods."""

from clothier.eventlog.contracts import Event


class StyleSaved(Event):
    """A style was put into the catalogue or changed."""

    type = "style.saved"
    style_id: int
    price_fen: int
    created: bool = False


class StockCounted(Event):
    """Stock in a store was set from a count or a file; `skus` is how many SKUs."""

    type = "stock.counted"
    store_id: int
    skus: int


class StockAdjusted(Event):
    """Pieces came into a store or left it outside of a sale; `reason` is a code such as damaged or transfer."""

    type = "stock.adjusted"
    store_id: int
    sku_id: int
    delta: int
    reason: str
