"""The tables of the till."""

from clothier.checkout.models.carts import Cart, CartCoupon, CartLine, CartReturn, Confirmation, Correction
from clothier.checkout.models.orders import Order, OrderLine
from clothier.checkout.models.paid import Reduction, Refund, Tender

__all__ = [
    "Cart",
    "CartCoupon",
    "CartLine",
    "CartReturn",
    "Confirmation",
    "Correction",
    "Order",
    "OrderLine",
    "Reduction",
    "Refund",
    "Tender",
]
