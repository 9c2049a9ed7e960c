"""What the house gives a visitor: a birthday gift at the arrival, a blind box at the farewell."""

from dataclasses import dataclass
from typing import Any

from clothier.customers.selectors import records_of
from clothier.rewards.contracts import shown_code
from clothier.rewards.selectors import (
    GiftDue,
    ShownCoupon,
    birthday_due_of,
    draw_of_visit,
    open_box,
    shown,
    usable_of,
)
from clothier.standards.selectors import document
from clothier.visits.contracts import VisitView

# Coupons named on the card.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Gifts:
    """`choices` are the closed boxes to pick from, none when nothing can be drawn; `drawn` is what was."""

    birthday: GiftDue | None = None
    coupons: tuple[ShownCoupon, ...] = ()
    box: Any = None
    choices: range = range(0)
    drawn: Any = None

    @property
    def code(self) -> str:
        """What the visitor keeps: the coupon's code, or the one to claim with."""
        if self.drawn is None:
            return ""
        return shown_code(self.drawn.coupon.code if self.drawn.coupon else self.drawn.code)


def gifts_of(visit: VisitView) -> Gifts:
    """Before the farewell what the customer has and is due; after it the box."""
    if visit.left_at is None:
        records = records_of(visit.customer_id) if visit.customer_id else []
        if not records:
            return Gifts()
        return Gifts(birthday_due_of(records), tuple(shown(usable_of(records, limit=NAMED))))
    drawn = draw_of_visit(visit.id)
    box = None if drawn else open_box(visit.store_id, bought=visit.outcome == "bought")
    choices = document("rewards").blind_box.choices if box else 0
    return Gifts(box=box, choices=range(1, choices + 1), drawn=drawn)
