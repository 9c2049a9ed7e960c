"""What of a profile encounters change, whether it is a row or its columns."""

from datetime import datetime
from typing import Protocol


class Counted(Protocol):
    """A profile, or its columns, as encounters change it."""

    pk: int
    layer: str
    layer_since: datetime | None
    next_layer_change_at: datetime | None
    orders: int
    returns: int
    items: int
    visits: int
    fittings: int
    spend_fen: int
    margin_fen: int
    first_purchase_at: datetime | None
    last_purchase_at: datetime | None
    last_visit_at: datetime | None
    window_orders: int
    window_spend_fen: int
    window_margin_fen: int
    window_oldest_at: datetime | None
    window_seconds: int
    purchase_days: int
    first_day: int | None
    last_day: int | None
    first_day_fen: int
    repeat_fen: int
