"""The verbs of the till, by the names other packages call them."""

from clothier.checkout.services.orders import record_orders, record_return, record_sale
from clothier.checkout.services.withdrawing import withdraw_orders

__all__ = ["record_orders", "record_return", "record_sale", "withdraw_orders"]
