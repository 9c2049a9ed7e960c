"""The verbs of the till, by the names other packages call them."""

from clothier.checkout.services.allowing import refund_payment
from clothier.checkout.services.carts import (
    correct_price,
    name_wearer,
    open_cart,
    remove,
    scan,
    set_gift,
    set_quantity,
)
from clothier.checkout.services.choosing import apply_coupon, choose_points, drop_coupon, name_member
from clothier.checkout.services.completing import settle
from clothier.checkout.services.confirming import confirm
from clothier.checkout.services.exchanging import bring_back
from clothier.checkout.services.invoicing import (
    To,
    ask_service,
    forget_titles,
    issue_invoice,
    request_invoice,
    withdraw_invoice,
)
from clothier.checkout.services.orders import record_orders, record_return, record_sale
from clothier.checkout.services.paying import begin, finish, pay, pay_cash
from clothier.checkout.services.receipts import print_receipt
from clothier.checkout.services.returning import REASONS, refund_goodwill, refund_lines
from clothier.checkout.services.waiting import drop, drop_forgotten, reopen, resume, suspend
from clothier.checkout.services.wearing import note_sizes
from clothier.checkout.services.withdrawing import withdraw_orders

__all__ = [
    "REASONS",
    "To",
    "apply_coupon",
    "ask_service",
    "begin",
    "bring_back",
    "choose_points",
    "confirm",
    "correct_price",
    "drop",
    "drop_coupon",
    "drop_forgotten",
    "finish",
    "forget_titles",
    "issue_invoice",
    "name_member",
    "name_wearer",
    "note_sizes",
    "open_cart",
    "pay",
    "pay_cash",
    "print_receipt",
    "record_orders",
    "record_return",
    "record_sale",
    "refund_goodwill",
    "refund_lines",
    "refund_payment",
    "remove",
    "reopen",
    "request_invoice",
    "resume",
    "scan",
    "set_gift",
    "set_quantity",
    "settle",
    "suspend",
    "withdraw_invoice",
    "withdraw_orders",
]
