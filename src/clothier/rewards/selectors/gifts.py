"""What is due to somebody, and what points buy."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import get_language

from clothier.customers.selectors import birthday_this_month, by_identifier, records_of
from clothier.kernel import clock
from clothier.kernel.rows import prepared
from clothier.rewards.models import BirthdayGift, Exchange, Item, ParkingCredit
from clothier.standards.contracts import customer_tiers
from clothier.standards.selectors import document as house_rule


@dataclass(frozen=True, slots=True)
class GiftDue:
    """A gift in words, and the points that come with it."""

    words: str
    points: int


def birthday_due(customer: int) -> GiftDue | None:
    """The birthday gift a person may have now: in the month, once a year, for whose tier the house rules give one."""
    return birthday_due_of(records_of(customer))


def birthday_due_of(records: Sequence[int]) -> GiftDue | None:
    """As `birthday_due`, for all the records of one person. Eleven months of twelve this is one question."""
    today, rule = timezone.localdate(clock.now()), house_rule("rewards").birthday
    if not birthday_this_month(records, today):
        return None
    if _given(records=records, year=today.year):
        return None
    if rule.benefit and not _has(records, rule.benefit):
        return None
    return GiftDue(rule.gift.say(get_language() or ""), rule.points)


@prepared
def _given(records: list[int], year: int) -> "QuerySet[BirthdayGift, int]":
    return BirthdayGift.objects.filter(customer_id__in=records, year=year).values_list("pk", flat=True)[:1]


def _has(records: Sequence[int], benefit: str) -> bool:
    tiers = set(customer_tiers.ask(records).values())
    return any(one.key in tiers and benefit in one.benefits for one in house_rule("loyalty").tiers)


def items_on_sale(*, limit: int = 60) -> list[Item]:
    """What points buy now, the cheapest first; what is gone comes last."""
    rows = Item.objects.filter(on_sale=True).order_by("points", "pk")[:limit]
    return sorted(rows, key=lambda item: item.left == 0)


def items(*, limit: int = 200) -> list[Item]:
    """Everything that was ever offered, newest first."""
    return list(Item.objects.select_related("template").order_by("-on_sale", "-pk")[:limit])


def exchanges_of(customer: int, *, before: int | None = None, limit: int = 20) -> list[Exchange]:
    """A person's exchanges, newest first, by key."""
    rows = Exchange.objects.filter(customer_id__in=records_of(customer)).select_related("item", "coupon")
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[:limit])


def waiting_exchanges(*, after: int | None = None, limit: int = 50) -> list[Exchange]:
    """What waits to be collected, newest first, by key."""
    rows = Exchange.objects.filter(state=Exchange.State.WAITING).select_related("item").order_by("-pk")
    return list((rows.filter(pk__lt=after) if after else rows)[:limit])


def parking_hours(customer: int) -> int:
    """Hours a person may still park for nothing."""
    mine = ParkingCredit.objects.filter(customer_id__in=records_of(customer), valid_until__gt=clock.now())
    return mine.aggregate(left=Sum(F("hours") - F("used")))["left"] or 0


def parking_hours_of_plate(plate: str) -> int:
    """As `parking_hours`, for whoever's car it is; 0 for a plate nobody told us."""
    customer = by_identifier("plate", plate)
    return parking_hours(customer) if customer else 0


def exchange_row(pk: int) -> Exchange | None:
    return Exchange.objects.select_related("item").filter(pk=pk).first()


def item_row(pk: int) -> Item | None:
    return Item.objects.filter(pk=pk).first()
