"""Money asked back of a payment while the customer keeps the goods: the sale it paid for says so, and why."""

from django.db import transaction

from clothier.checkout.contracts import OrderKind
from clothier.checkout.models import Cart, Order, Refund, Tender
from clothier.checkout.selectors.paid import paid_with
from clothier.checkout.services.returning import goodwill_back, note_return
from clothier.kernel.refs import parse_ref
from clothier.payments.selectors import Refund as MoneyBack
from clothier.payments.selectors import refunded_under, view
from clothier.payments.services import refund as refund_money


@transaction.atomic
def refund_payment(*, payment: int, fen: int, key: str, actor: int | None, reason: str = "") -> MoneyBack:
    """Give so many fen of a payment back, and enter a return of no goods for it: one adjustment that names the reason.

    Repeated with the same key it gives nothing again. Money that no order stands behind has nothing to be entered: a
    cart that is still being paid for asks for it anew. Raises Refused as `payments.services.refund` does.
    """
    sales = _held(payment)
    known = refunded_under(payment=payment, key=key)
    kept = bool(sales)
    made = refund_money(payment=payment, amount_fen=fen, key=key, actor=actor, reason=reason, allowance=kept)
    if not known:
        _enter(sales, made, actor)
    return made


def _held(payment: int) -> list[Order]:
    """The sales that a payment paid for, the latest first, locked: after the cart, as by whoever makes it a sale."""
    of = parse_ref(view(payment).subject)
    if of.kind == "cart":
        Cart.objects.select_for_update().filter(pk=of.id).first()
    paid_for = Tender.objects.filter(payment_id=payment).values("order_id")
    sales = Order.objects.select_for_update().filter(pk__in=paid_for, kind=OrderKind.SALE)
    return list(sales.order_by("pk"))[::-1]


def _enter(sales: list[Order], made: MoneyBack, actor: int | None) -> None:
    """An exchange may have carried some of the money to a later sale: each gives what it has of it."""
    left = made.amount_fen
    for sale in sales:
        for part in paid_with(sale):
            if part.payment != made.payment_id or not (fen := min(part.fen, left)):
                continue
            note_return(
                sale, goodwill_back(-fen, made.reason), [part._replace(fen=fen)],
                reason=Refund.Reason.OTHER, actor=actor, key=f"refund:{made.pk}:{sale.pk}", store=sale.store_id,
            )  # fmt: skip
            left -= fen
