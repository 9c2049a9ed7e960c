"""Who buys, with how many points, with which coupons."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.checkout.contracts.pricing import Quote
from clothier.checkout.events import CartChanged
from clothier.checkout.models import Cart, CartCoupon
from clothier.checkout.services.held import State, changed, found, free_coupons, held
from clothier.customers.selectors import by_identifier, person_of
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused
from clothier.loyalty.selectors import spendable
from clothier.loyalty.services import use_code
from clothier.rewards.selectors import coupon_by_code, coupons_by_id
from clothier.rewards.services import hold, release, reserve


@once(found, CartChanged)
@transaction.atomic
def name_member(
    *,
    cart: int,
    actor: int | None,
    code: str = "",
    customer: int | None = None,
    by_phone: bool = True,
    key: str | None = None,
) -> Cart:
    """The member who buys, by code or number or as somebody found; nobody takes the name away again.

    Another member's points and coupons do not stay on the cart. A code that changes serves once; without `by_phone` a
    phone number proves nothing.
    """
    row = held(cart, State.OPEN)
    who = _member(code.strip(), by_phone) if code.strip() else person_of(customer) if customer is not None else None
    if code.strip() and who is None:
        raise Refused(_("没有找到这位会员，请核对会员码"), field="code")
    if who == row.customer_id:
        return row
    if not use_code(code):
        raise Refused(_("这个会员码已经用过，请让顾客等它换一个再扫"), field="code")
    free_coupons(row, actor=actor)
    row.coupons.all().delete()
    row.lines.exclude(wearer_id=None).update(wearer_id=None)
    row.customer_id, row.points = who, 0
    return changed(row, CartChanged(cart_id=cart, what="member", of=who), actor=actor, key=key)


@once(found, CartChanged)
@transaction.atomic
def choose_points(*, cart: int, points: int, actor: int | None, key: str | None = None) -> Cart:
    """As many points as the customer wants to use; 0 for none. Refused beyond what there is."""
    row = held(cart, State.OPEN)
    if points < 0:
        raise Refused(_("积分不能是负数"), field="points")
    if points and row.customer_id is None:
        raise Refused(_("先识别会员，再用积分"), field="points")
    if points and row.customer_id is not None and points > (most := spendable(row.customer_id)):
        raise Refused(_("可用积分只有 %(points)s") % {"points": most}, field="points")
    row.points = points
    return changed(row, CartChanged(cart_id=cart, what="points", amount=points), actor=actor, key=key)


@once(found, CartChanged)
@transaction.atomic
def apply_coupon(
    *, cart: int, actor: int | None, code: str = "", coupon: int | None = None, key: str | None = None
) -> Cart:
    """Lay a coupon on the cart and hold it, so that no other till can use it. Refused with the reason when it may not.

    One that takes nothing off these goods yet may lie there: the page says what is missing.
    """
    row = held(cart, State.OPEN)
    view = coupon_by_code(code) if code.strip() else coupons_by_id([coupon or 0]).get(coupon or 0)
    if view is None:
        raise Refused(_("没有找到这张券，请核对券码"), field="coupon")
    # The coupon itself says no, with its reason, before anything is reckoned with it.
    reserve(document=str(row.ref), off_fen=0, coupon=view.id, customer=row.customer_id, store=row.store_id, actor=actor)
    try:
        with transaction.atomic():
            CartCoupon.objects.create(cart=row, coupon_id=view.id)
    except IntegrityError:
        return row
    return changed(row, CartChanged(cart_id=cart, what="coupon", of=view.id), actor=actor, key=key)


@once(found, CartChanged)
@transaction.atomic
def drop_coupon(*, cart: int, coupon: int, actor: int | None, key: str | None = None) -> Cart:
    """Take a coupon off the cart: it may be used elsewhere."""
    row = held(cart, State.OPEN)
    if not CartCoupon.objects.filter(cart=row, coupon_id=coupon).delete()[0]:
        return row
    release(document=str(row.ref), coupon=coupon, actor=actor)
    return changed(row, CartChanged(cart_id=cart, what="coupon", of=coupon, amount=-1), actor=actor, key=key)


def hold_coupons(row: Cart, quote: Quote, *, actor: int | None) -> None:
    """Book on the coupons' budgets what each takes off the cart by this quote, and keep them until it is paid.

    Raises Refused when one may not.
    """
    laid = [step for step in quote.steps if step.kind == "coupon"]
    for step in laid:
        reserve(
            document=str(row.ref), off_fen=step.fen, coupon=int(step.key),
            customer=row.customer_id, store=row.store_id, actor=actor,
        )  # fmt: skip
    if laid:
        hold(document=str(row.ref))


def _member(code: str, by_phone: bool) -> int | None:
    """Whose code it is: a member's, or a phone number that somebody says to a cashier."""
    return by_identifier("member", code) or (by_identifier("phone", code) if by_phone else None)
