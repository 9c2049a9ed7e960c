"""A cart that waits, is taken up again, or is given up."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from clothier.checkout.events import CartDropped, CartResumed, CartSuspended
from clothier.checkout.models import Cart, CartCoupon
from clothier.checkout.services.held import State, changed, found, free_coupons, held, tell
from clothier.eventlog.services import Note, once, record_all
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.payments.contracts import PaymentState, PaymentView
from clothier.payments.selectors import payments_of
from clothier.payments.services import cancel
from clothier.rewards.services import release_all
from clothier.standards.selectors import document

BATCH = 100


@once(found, CartSuspended)
@transaction.atomic
def suspend(*, cart: int, actor: int | None, label: str = "", key: str | None = None) -> Cart:
    """Put the sale aside: the next customer is not kept waiting. Anybody at the store's tills can take it up again."""
    row = held(cart, State.OPEN)
    row.state, row.label, row.changed_at = State.SUSPENDED, label.strip()[:40], clock.now()
    row.save(update_fields=["state", "label", "changed_at"])
    tell(row, CartSuspended(cart_id=cart), actor=actor, key=key)
    return row


@once(found, CartResumed)
@transaction.atomic
def resume(*, cart: int, actor: int | None, key: str | None = None) -> Cart:
    row = held(cart, State.SUSPENDED)
    row.state, row.actor_id, row.changed_at = State.OPEN, actor, clock.now()
    row.save(update_fields=["state", "actor_id", "changed_at"])
    tell(row, CartResumed(cart_id=cart), actor=actor, key=key)
    return row


def reopen(*, cart: int, actor: int | None, key: str | None = None) -> Cart:
    """The customer wants something changed after payment has begun: what is open is called off, outside.

    Refused once money has come in: then the sale is completed and goods are exchanged or taken back.
    """
    row = Cart.objects.filter(pk=cart).first()
    if row is not None and row.state == State.PAYING:
        _call_off(row, actor, even_paid=False)
    return _thaw(cart=cart, actor=actor, key=key)


@once(found, CartResumed)
@transaction.atomic
def _thaw(*, cart: int, actor: int | None, key: str | None = None) -> Cart:
    row = held(cart, State.PAYING)
    if any(payment.captured_fen for payment in _live(row)):
        raise Refused(_("已经收到款，不能再改；完成后可以换货或退货"))
    row.state, row.priced = State.OPEN, None
    return changed(row, CartResumed(cart_id=cart), actor=actor, key=key)


@once(found, CartDropped)
def drop(*, cart: int, actor: int | None, key: str | None = None) -> Cart:
    """Nothing is bought after all: coupons are free again, and what had been paid goes back by itself."""
    row = Cart.objects.filter(pk=cart).first()
    if row is not None and row.state == State.PAYING:
        _call_off(row, actor, even_paid=True)
    return _dropped(cart=cart, actor=actor, key=key)


@transaction.atomic
def _dropped(*, cart: int, actor: int | None, key: str | None) -> Cart:
    row = held(cart, State.OPEN, State.SUSPENDED, State.PAYING)
    if _live(row):
        raise Refused(_("这张单已经收到款，请完成它，再退货"))
    free_coupons(row, actor=actor)
    row.state, row.changed_at = State.DROPPED, clock.now()
    row.save(update_fields=["state", "changed_at"])
    tell(row, CartDropped(cart_id=cart), actor=actor, key=key)
    return row


@transaction.atomic
def drop_forgotten() -> int:
    """Give up carts that nobody touched for as long as the house rules say; how many, 0 when none is left.

    A cart somebody is paying for stays: money is on its way. One that a till is just taking up again is skipped.
    """
    now = clock.now()
    before = now - timedelta(seconds=document("till").suspended_for)
    # Told as "neither completed nor dropped", as the index of living carts is: finished ones are never looked at.
    left = Cart.objects.exclude(state=State.COMPLETED).exclude(state=State.DROPPED).exclude(state=State.PAYING)
    skip = connection.features.has_select_for_update_skip_locked
    waiting = left.filter(changed_at__lt=before).order_by("store_id", "-changed_at")
    rows = list(waiting.select_for_update(skip_locked=skip)[:BATCH])
    ids = [row.pk for row in rows]
    laid = CartCoupon.objects.filter(cart__in=ids).values_list("cart_id", flat=True).distinct()
    release_all(documents=[str(Ref("cart", pk)) for pk in laid])
    Cart.objects.filter(pk__in=ids).update(state=State.DROPPED, changed_at=now)
    record_all(Note(CartDropped(cart_id=row.pk), row.ref, row.customer_id, row.store_id) for row in rows)
    return len(rows)


def _live(row: Cart) -> list[PaymentView]:
    return [one for one in payments_of([row.ref]) if one.state is not PaymentState.CANCELLED]


def _call_off(row: Cart, actor: int | None, *, even_paid: bool) -> None:
    for payment in _live(row):
        if payment.state is PaymentState.OPEN and (even_paid or not payment.captured_fen):
            cancel(payment=payment.id, actor=actor)
