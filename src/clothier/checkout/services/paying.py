"""Paying for a cart: the price is frozen, money comes in by whatever it comes, and with the last fen it is a sale."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clothier.checkout.contracts.carts import BackView
from clothier.checkout.models import Cart, CartLine, Confirmation, Order
from clothier.checkout.rules.carts import frozen
from clothier.checkout.selectors.quoting import backs_of, lines_of, quote_of
from clothier.checkout.services.choosing import hold_coupons
from clothier.checkout.services.completing import complete, settle
from clothier.checkout.services.held import State, held, locked
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.rows import prepared, update
from clothier.payments.contracts import Method, PaymentState
from clothier.payments.selectors import Payment, payments_of
from clothier.payments.services import attempt, open_payment, take_cash
from clothier.standards.selectors import settled


@transaction.atomic
def begin(*, cart: int, actor: int | None, till: int | None = None) -> int | None:
    """Freeze the price and open the payment; its id, or None when nothing is left to be paid. Twice is once.

    At the till all three questions must have been answered for this very amount.
    """
    row = held(cart, State.OPEN, State.PAYING)
    payment = _begin(row, lines_of(cart), backs_of(row), actor, till)
    return payment.pk if isinstance(payment, Payment) else payment


def _begin(
    row: Cart, lines: Sequence[CartLine], backs: Sequence[BackView], actor: int | None, till: int | None
) -> Payment | int | None:
    """The payment itself where it is opened just now, the key of one that is open already."""
    credit = sum(back.fen for back in backs)
    if row.state == State.OPEN:
        _freeze(row, lines, credit, actor, till)
    due = max(quote_of(row, [], credit_fen=credit).due_fen - credit, 0)
    told = payments_of([row.ref])
    payments = [one for one in told if one.state is not PaymentState.CANCELLED]
    # What was given back meanwhile is asked for anew.
    missing = due - sum(one.amount_fen - one.refunded_fen for one in payments)
    open_ = next((one.id for one in payments if one.state is PaymentState.OPEN), None)
    if open_ is not None or missing <= 0:
        return open_
    # A new round of paying, after a change of the cart or points that were gone, has a key of its own.
    key = f"cart:{row.pk}:{len(told)}"
    return open_payment(
        subject=row.ref, amount_fen=missing, store=row.store_id, key=key,
        currency=row.currency, till=till, customer=row.customer_id, actor=actor,
    )  # fmt: skip


def _freeze(row: Cart, lines: Sequence[CartLine], credit: int, actor: int | None, till: int | None) -> None:
    if not lines:
        raise Refused(_("先扫一件商品"), field="code")
    quote = quote_of(row, lines, credit_fen=credit)
    hold_coupons(row, quote, actor=actor)
    if row.mode == Cart.Mode.PERSONAL:
        told = dict(_confirmed(cart=row.pk))
        if any(told.get(what) != quote.due_fen - credit for what in Confirmation.What):
            raise Refused(_("请先与顾客确认商品、优惠和金额"))
    row.state, row.priced, row.till_id, row.changed_at = State.PAYING, frozen(quote), till, clock.now()
    update([row], ["state", "priced", "till_id", "changed_at"])


@prepared
def _confirmed(cart: int) -> "QuerySet[Confirmation, tuple[str, int]]":
    return Confirmation.objects.filter(cart=cart).values_list("what", "fen")


@transaction.atomic
def pay_cash(
    *,
    cart: int,
    tendered_fen: int,
    actor: int | None,
    key: str,
    amount_fen: int | None = None,
    till: int | None = None,
) -> Cart:
    """Cash over the counter, all of it or a part; with the last fen the sale is made in the same transaction."""
    row = locked(cart)
    if row.state == State.COMPLETED:
        return row
    # One edition of the house rules for all of it, looked for once; and what lies in the locked cart.
    with settled():
        lines, backs = lines_of(cart), backs_of(row)
        payment = _begin(held(row, State.OPEN, State.PAYING), lines, backs, actor, till)
        if payment is not None:
            take_cash(payment=payment, tendered_fen=tendered_fen, key=key, actor=actor, amount_fen=amount_fen)
        complete(row, lines, backs, actor)
    return row


def pay(
    *,
    cart: int,
    method: str,
    actor: int | None,
    key: str,
    code: str = "",
    amount_fen: int | None = None,
    months: int = 0,
    till: int | None = None,
) -> Cart:
    """Ask for the money, or a part of it, by a provider; outside of any transaction. With the last fen it is a sale."""
    try:
        how = Method(method)
    except ValueError:
        raise Refused(_("没有这种付款方式"), field="method") from None
    if done := Cart.objects.filter(pk=cart, state=State.COMPLETED).first():
        return done
    payment = begin(cart=cart, actor=actor, till=till)
    if payment is not None:
        attempt(payment=payment, method=how, key=key, amount_fen=amount_fen, code=code, months=months, actor=actor)
    settle(cart=cart, actor=actor)
    return Cart.objects.get(pk=cart)


def finish(*, cart: int, actor: int | None, till: int | None = None) -> Order | None:
    """The cashier's tap when nothing is left to be paid: an even exchange, or points and coupons paid it all."""
    if done := Order.objects.filter(cart=cart).first():
        return done
    begin(cart=cart, actor=actor, till=till)
    return settle(cart=cart, actor=actor)
