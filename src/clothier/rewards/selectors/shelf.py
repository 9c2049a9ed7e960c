"""The rewards shop as one member sees it: what their points buy, and what they have exchanged."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from clothier.customers.selectors import records_of
from clothier.loyalty.selectors import spendable
from clothier.rewards.models import Exchange, Item
from clothier.rewards.models.shop import UNDONE
from clothier.rewards.selectors.gifts import items_on_sale
from clothier.standards.selectors import document as house_rule


@dataclass(frozen=True, slots=True)
class Offer:
    """An item on the shelf; `missing` points until it can be had, `had` when the member has had enough of it."""

    item: Item
    missing: int
    had: bool

    @property
    def open(self) -> bool:
        return not self.missing and not self.had and self.item.left != 0


def shelf_for(customer: int) -> tuple[list[Offer], int]:
    """What may be exchanged, and the points there are for it. What one can have comes first."""
    records = records_of(customer)
    points = spendable(customer)
    mine = Exchange.objects.filter(customer_id__in=records).exclude(state__in=UNDONE)
    items = items_on_sale()
    limited = [item.pk for item in items if item.limit_customer]
    has = Counter(mine.filter(item__in=limited).values_list("item", flat=True)) if limited else Counter()
    offers = [
        Offer(item, max(item.points - points, 0), bool(item.limit_customer and has[item.pk] >= item.limit_customer))
        for item in items
    ]
    return sorted(offers, key=lambda offer: not offer.open), points


def own_exchange(customer: int, exchange: int) -> Exchange | None:
    """A member's own exchange with what came of it; None for anybody else's."""
    rows = Exchange.objects.select_related("item", "coupon__template", "parking")
    return rows.filter(pk=exchange, customer_id__in=records_of(customer)).first()


def undo_until(row: Exchange) -> datetime:
    """Until when the member may call it off without a colleague."""
    return row.exchanged_at + timedelta(seconds=house_rule("rewards").shop.undo_within)
