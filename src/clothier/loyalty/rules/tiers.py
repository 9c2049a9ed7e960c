"""Where a person stands: the tier that spend within the window reaches, kept for a grace when it no longer does."""

import calendar
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from clothier.standards.contracts import Loyalty

_LEEWAY = timedelta(days=3)


class Spend(NamedTuple):
    """What was bought (or brought back: negative) at a moment, in fen."""

    at: datetime
    fen: int


class Place(NamedTuple):
    """A tier ("" below the first), the spend that counts, and when to look again (None: not before the next purchase).

    `grace_until` is set while the tier is kept although the spend has fallen below it.
    """

    tier: str
    fen: int
    grace_until: datetime | None
    next_look_at: datetime | None


def months_after(moment: datetime, months: int) -> datetime:
    """The same day of another month, or its last where it is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def rank(rules: Loyalty, tier: str) -> int:
    """0 below the first tier, and for one that the house rules no longer know."""
    return next((place for place, each in enumerate(rules.tiers, start=1) if each.key == tier), 0)


def place(rules: Loyalty, spends: Sequence[Spend], *, tier: str, grace_until: datetime | None, now: datetime) -> Place:
    """Where somebody of a tier stands now. A rise is at once; before a fall there is the house rules' grace."""
    months = rules.qualifying_months
    # Months differ in length: what is younger than this is inside whatever they say, and most of a window is.
    surely = months_after(now, -months) + _LEEWAY
    inside = [each for each in spends if now >= each.at and (each.at > surely or months_after(each.at, months) > now)]
    fen = max(sum(each.fen for each in inside), 0)
    earned = rules.tier_for(fen)
    if rank(rules, earned) >= rank(rules, tier):
        return Place(earned, fen, None, _falls_at(rules, inside, fen, earned))
    until = grace_until or months_after(now, rules.grace_months)
    if now < until:
        return Place(tier, fen, until, until)
    return Place(earned, fen, None, _falls_at(rules, inside, fen, earned))


def _falls_at(rules: Loyalty, inside: Sequence[Spend], fen: int, tier: str) -> datetime | None:
    """When so much has left the window that the tier is no longer reached, if nothing more is bought."""
    needed = next((each.spend for each in rules.tiers if each.key == tier), 0)
    for each in sorted(inside) if needed else ():
        fen -= each.fen
        if fen < needed:
            return months_after(each.at, rules.qualifying_months)
    return None
