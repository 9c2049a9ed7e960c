"""What other packages give the till and get from it."""

from clothier.checkout.contracts.orders import (
    WITHDRAWN,
    Contradiction,
    DaySales,
    LineFacts,
    LineKind,
    OrderFacts,
    OrderKind,
    Outcome,
    PastByPoints,
    PastLines,
    PastOrders,
    PastSums,
    PastTenders,
)

__all__ = [
    "WITHDRAWN",
    "Contradiction",
    "DaySales",
    "LineFacts",
    "LineKind",
    "OrderFacts",
    "OrderKind",
    "Outcome",
    "PastByPoints",
    "PastLines",
    "PastOrders",
    "PastSums",
    "PastTenders",
]
