"""The tables of the till."""

from clothier.checkout.models.orders import Order, OrderLine

__all__ = ["Order", "OrderLine"]
