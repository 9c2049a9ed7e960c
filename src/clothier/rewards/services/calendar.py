"""Whatever the calendar ends, in one round for the worker."""

from clothier.rewards.services.boxes import reveal_due
from clothier.rewards.services.ending import expire_due
from clothier.rewards.services.shop import lapse_due


def end_due() -> int:
    """Forgotten carts let their coupons go, coupons expire, what nobody collected goes back, boxes are revealed."""
    return expire_due() + lapse_due() + reveal_due()
