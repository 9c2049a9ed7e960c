"""The tables of the till."""

from clothier.checkout.models.carts import Cart, CartCoupon, CartLine, CartReturn, Confirmation, Correction
from clothier.checkout.models.orders import Order, OrderLine
from clothier.checkout.models.paid import Reduction, Refund, Tender
from clothier.checkout.models.receipts import Invoice, InvoiceTitle, ReceiptCopy, Title

__all__ = [
    "Cart",
    "CartCoupon",
    "CartLine",
    "CartReturn",
    "Confirmation",
    "Correction",
    "Invoice",
    "InvoiceTitle",
    "Order",
    "OrderLine",
    "ReceiptCopy",
    "Reduction",
    "Refund",
    "Tender",
    "Title",
]
