"""What a card says of a member."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

from clothier.loyalty.selectors.balances import balance
from clothier.loyalty.selectors.tiers import forecast, tier_named, tier_of


def told(customer: int, records: Sequence[int] = ()) -> dict[str, Any]:
    """`tier` and `above` in the reader's language, `balance`, `ahead` (how far to the next tier) and `standing`.

    Whoever knows all records of the person already says which.
    """
    standing = tier_of(customer)
    ahead = forecast(customer, standing)
    return {
        "customer": customer,
        "standing": standing,
        "tier": tier_name(standing.tier),
        "ahead": ahead,
        "above": tier_name(ahead.tier) if ahead else "",
        "balance": balance(customer, records),
    }


def tier_name(key: str) -> str:
    """A tier in the reader's language; empty below the first, and for one the house rules no longer know."""
    tier = tier_named(key)
    return tier.name.say(get_language() or "") if tier else ""
