"""The questions about rewards, by the names other packages ask them."""

from clothier.rewards.selectors.coupons import coupon_by_code, coupons_by_id, usable_by, usable_of, used_for
from clothier.rewards.words import promise_in_words, validity_in_words, why_in_words

__all__ = [
    "coupon_by_code",
    "coupons_by_id",
    "promise_in_words",
    "usable_by",
    "usable_of",
    "used_for",
    "validity_in_words",
    "why_in_words",
]
