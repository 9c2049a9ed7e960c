"""A cart held for a change: one hand at a time, and only in the states in which that change makes sense."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clothier.checkout.models import Cart
from clothier.eventlog.contracts import Event, Happening
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.rows import fetch
from clothier.rewards.services import release

State = Cart.State
_WHY = {
    State.OPEN: gettext_lazy("这张单还在选购中"),
    State.SUSPENDED: gettext_lazy("这张单已挂起，请先取单"),
    State.PAYING: gettext_lazy("已开始收款；要改动请先返回修改"),
    State.COMPLETED: gettext_lazy("这张单已经完成"),
    State.DROPPED: gettext_lazy("这张单已经取消"),
}


def found(entry: Happening) -> Cart:
    """The cart an entry is about."""
    return Cart.objects.get(pk=entry.subject_id)


def held(cart: int | Cart, *states: str) -> Cart:
    """The cart's row, locked, by whoever has not locked it already. Raises Refused in any other state, in words."""
    row = cart if isinstance(cart, Cart) else locked(cart)
    if row.state not in states:
        raise Refused(str(_WHY[State(row.state)]))
    return row


def locked(cart: int) -> Cart:
    """The cart's row in whatever state, locked until the transaction ends. Raises Refused when there is none."""
    for row in fetch(Cart, "id = %s", [cart], hold=True):
        return row
    raise Refused(_("没有找到这张单"))


def tell(row: Cart, event: Event, *, actor: int | None, at: datetime | None = None, key: str | None = None) -> None:
    record(event, subject=row.ref, customer=row.customer_id, store=row.store_id, actor=actor, occurred_at=at, key=key)


def changed(row: Cart, event: Event, *, actor: int | None, at: datetime | None = None, key: str | None = None) -> Cart:
    """The cart is not what was confirmed any more: the customer is asked again."""
    row.changed_at = clock.now()
    row.save()
    row.confirmations.all().delete()
    tell(row, event, actor=actor, at=at, key=key)
    return row


def free_coupons(row: Cart, *, actor: int | None) -> None:
    if row.coupons.exists():
        release(document=str(row.ref), actor=actor)
