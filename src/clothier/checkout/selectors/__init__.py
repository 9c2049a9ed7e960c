"""The questions about sales, by the names other packages ask them."""

from clothier.checkout.proof import order_differences
from clothier.checkout.selectors.orders import (
    batch_sums,
    buyers_among,
    purchases_of,
    returning_customers,
    sales_between,
)

__all__ = [
    "batch_sums",
    "buyers_among",
    "order_differences",
    "purchases_of",
    "returning_customers",
    "sales_between",
]
