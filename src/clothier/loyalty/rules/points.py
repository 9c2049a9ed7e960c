"""How many points, from when, until when, and from which lots. Whole numbers throughout."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta, tzinfo
from typing import NamedTuple

HUNDREDTHS = 100


class Open(NamedTuple):
    """A lot with something in it, as spending sees it."""

    id: int
    remaining: int
    expires_at: datetime


def points_for(fen: int, rate: int) -> int:
    """Points for an amount, rounded down; `rate` is hundredths of a point for each yuan."""
    return max(fen, 0) * rate // (100 * HUNDREDTHS)


def month_end(moment: datetime, months: int, zone: tzinfo) -> datetime:
    """When points of a moment expire: the first instant after the month in which so many months have passed."""
    local = moment.astimezone(zone)
    year, month = divmod(local.year * 12 + local.month - 1 + months + 1, 12)
    return datetime.combine(local.date().replace(year=year, month=month + 1, day=1), time(), zone)


def matures(moment: datetime, days: int) -> datetime:
    """When earned points may be spent: once the goods can no longer be returned."""
    return moment + timedelta(days=days)


def allocate(lots: Iterable[Open], points: int) -> list[tuple[int, int]]:
    """Which lots give how much, earliest expiry first. Gives less than asked for when there is less."""
    taken = []
    for lot in sorted(lots, key=lambda lot: (lot.expires_at, lot.id)):
        if points <= 0:
            break
        take = min(lot.remaining, points)
        if take > 0:
            taken.append((lot.id, take))
            points -= take
    return taken


def reversal(*, fen: int, earlier: int, back: int, rate: int) -> int:
    """Points that goods coming back take with them, at the rate they were earned at.

    What stays is rounded, not what goes: however a line is returned in pieces, all of it takes all of its points.
    """
    before = max(fen - earlier, 0)
    return points_for(before, rate) - points_for(before - back, rate)
