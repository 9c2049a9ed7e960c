"""Why a coupon takes nothing off, and what it promises, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clothier.kernel.money import Money
from clothier.rewards.contracts import CouponView
from clothier.rewards.rules.codes import shown_code
from clothier.rewards.rules.terms import CouponKind, CouponQuote, Terms, Why

WHY = {
    Why.NOT_YET: gettext_lazy("还没到使用时间"),
    Why.EXPIRED: gettext_lazy("已经过期"),
    Why.OTHER_STORE: gettext_lazy("不适用于这家门店"),
    Why.NO_SUCH_GOODS: gettext_lazy("没有适用的商品"),
    Why.STACKING: gettext_lazy("不能和已用的券一起用"),
    Why.USED: gettext_lazy("已经用过，或正在另一单里"),
    Why.OTHER_CUSTOMER: gettext_lazy("这是会员专属券，请先出示会员码"),
    Why.BUDGET: gettext_lazy("这个活动的预算已经用完"),
    Why.UNKNOWN: gettext_lazy("没有这张券，请核对券码"),
}


@dataclass(frozen=True, slots=True)
class ShownCoupon:
    """A coupon as people read it."""

    coupon: CouponView
    code: str
    promise: str
    validity: str


def shown(coupons: Iterable[CouponView]) -> list[ShownCoupon]:
    """With the code in groups and the terms in the reader's language."""
    return [
        ShownCoupon(view, shown_code(view.code), promise_in_words(view.terms), validity_in_words(view.terms))
        for view in coupons
    ]


def why_in_words(quote: CouponQuote) -> str:
    """The reason next to the coupon; "" when it applies."""
    if quote.why is None:
        return ""
    if quote.why is Why.BELOW_THRESHOLD:
        return _("适用商品再满 %(missing)s 可用") % {"missing": Money(quote.missing_fen)}
    return str(WHY[quote.why])


def promise_in_words(terms: Terms) -> str:
    """减 ¥50, 减 15%, with the threshold before it: 满 ¥500 减 ¥50."""
    taken = _taken(terms)
    if not terms.threshold_fen:
        return taken
    return _("满 %(threshold)s %(taken)s") % {"threshold": Money(terms.threshold_fen), "taken": taken}


def validity_in_words(terms: Terms) -> str:
    """Until when, as a date of the shop."""
    if terms.valid_until is None:
        return ""
    return _("%(day)s 前有效") % {"day": f"{timezone.localtime(terms.valid_until):%Y-%m-%d %H:%M}"}


def _taken(terms: Terms) -> str:
    if terms.kind is CouponKind.AMOUNT:
        return _("减 %(amount)s") % {"amount": Money(terms.value)}
    if terms.kind is CouponKind.GIFT:
        return _("送赠品一件")
    if terms.most_fen is None:
        return _("减 %(percent)s%%") % {"percent": terms.value}
    return _("减 %(percent)s%%，最多 %(most)s") % {"percent": terms.value, "most": Money(terms.most_fen)}
