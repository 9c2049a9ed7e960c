"""What rewards and other packages tell each other: a coupon's terms, a basket, what is taken off it or why not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clothier.rewards.rules.codes import normal_code as normal_code
from clothier.rewards.rules.codes import shown_code as shown_code
from clothier.rewards.rules.codes import well_formed as well_formed
from clothier.rewards.rules.fairness import Finding as Finding
from clothier.rewards.rules.quoting import may_join as may_join
from clothier.rewards.rules.quoting import quote as quote
from clothier.rewards.rules.quoting import suits as suits
from clothier.rewards.rules.terms import ALONE as ALONE
from clothier.rewards.rules.terms import BasketLine as BasketLine
from clothier.rewards.rules.terms import CouponKind as CouponKind
from clothier.rewards.rules.terms import CouponQuote as CouponQuote
from clothier.rewards.rules.terms import Goods as Goods
from clothier.rewards.rules.terms import Terms as Terms
from clothier.rewards.rules.terms import Why as Why


class CouponState(StrEnum):
    OPEN = "open"
    RESERVED = "reserved"
    REDEEMED = "redeemed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CouponView:
    """A coupon as a page, a till or a machine sees it."""

    id: int
    code: str
    template_id: int
    name: str
    terms: Terms
    state: CouponState
    customer_id: int | None
    document: str
    off_fen: int
    issued_at: datetime
