"""The questions about sales, by the names other packages ask them."""

from clothier.checkout.proof import order_differences
from clothier.checkout.selectors.figures import extracts, returning_by_store, sales_by_store
from clothier.checkout.selectors.orders import (
    batch_sums,
    buyers_among,
    buyers_at,
    purchases_of,
    sales_between,
    spent,
)

__all__ = [
    "batch_sums",
    "buyers_among",
    "buyers_at",
    "extracts",
    "order_differences",
    "purchases_of",
    "returning_by_store",
    "sales_between",
    "sales_by_store",
    "spent",
]
