"""A till without carts: what a coupon takes off is worked out, reserved and used in one step."""

from collections.abc import Sequence

from django.db import transaction

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.rewards.contracts import CouponState, CouponView
from clothier.rewards.rules.quoting import quote
from clothier.rewards.rules.terms import BasketLine, CouponQuote, Why
from clothier.rewards.selectors.coupons import coupon_by_code, used_for
from clothier.rewards.services.using import redeem, reserve
from clothier.rewards.words import WHY, why_in_words


@transaction.atomic
def redeem_for(
    *,
    code: str,
    document: str,
    lines: Sequence[BasketLine],
    store: int | None = None,
    customer: int | None = None,
    till: str = "",
    actor: int | None = None,
) -> CouponQuote:
    """Use a coupon for a sale that is made now; what it took off, line by line. Refused with the reason why not.

    Told again for the same document it is the first answer: the lines are quoted as they were.
    """
    view = coupon_by_code(code)
    if view is None:
        raise Refused(str(WHY[Why.UNKNOWN]), field="code")
    found = quote(view.terms, lines, at=clock.now(), store=store, beside=_beside(view, document))
    if view.state is CouponState.REDEEMED and view.document == document:
        return found if found.off_fen == view.off_fen else CouponQuote(off_fen=view.off_fen)
    if not found.applies:
        raise Refused(why_in_words(found), field="code")
    reserve(coupon=view.id, document=document, off_fen=found.off_fen, customer=customer, store=store, actor=actor)
    redeem(coupon=view.id, document=document, store=store, till=till, actor=actor)
    return found


def _beside(view: CouponView, document: str) -> list[str]:
    """The stacking groups of the coupons the document has already."""
    return [other.terms.stacking for other in used_for(document) if other.id != view.id]
