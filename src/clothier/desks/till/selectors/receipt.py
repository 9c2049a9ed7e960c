"""A sale as its receipt says it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clothier.checkout.selectors import SaleView, copies_of, invoice_of, title_of
from clothier.payments.selectors import method_name, payments_of
from clothier.standards.selectors import document


@dataclass(frozen=True, slots=True)
class Receipt:
    """`copies` counts what was printed; `gift` shows neither prices nor payments; `change_fen` was handed back."""

    sale: SaleView
    gift: bool
    copies: int
    discounts: list[tuple[str, int]]
    tenders: list[tuple[str, int, int]]
    change_fen: int
    thanks: str

    @property
    def order(self) -> Any:
        return self.sale.order


def receipt_of(view: SaleView, *, gift: bool) -> Receipt:
    return Receipt(
        sale=view,
        gift=gift,
        copies=copies_of(view.order.pk),
        discounts=_discounts(view),
        tenders=[(_name(one.method), one.fen, one.points) for one in view.tenders],
        change_fen=_change(view),
        thanks=document("till").thanks.say(get_language() or ""),
    )


def _name(method: str) -> str:
    return _("积分") if method == "points" else method_name(method)


def _discounts(view: SaleView) -> list[tuple[str, int]]:
    """What was taken off, cause by cause."""
    told: dict[tuple[str, str], int] = {}
    for line in view.lines:
        for one in line.reductions:
            if one.kind != "points":
                told[one.kind, one.key] = told.get((one.kind, one.key), 0) + one.fen
    return [(view.names.get(cause, cause[1]), fen) for cause, fen in told.items()]


def _change(view: SaleView) -> int:
    if view.cart is None:
        return 0
    return sum(one.change_fen for payment in payments_of([view.cart.ref]) for one in payment.attempts)


def refunds_of(view: SaleView) -> list[tuple[Any, str]]:
    """Each return of this sale, with its reason in words."""
    return [(one, one.get_reason_display()) for one in view.refunds]


def invoiced(order: int) -> dict[str, Any]:
    """The order's invoice and whom it is made out to, for a template."""
    found = invoice_of(order)
    return {"invoice": found, "invoice_title": title_of(found) if found else ""}
