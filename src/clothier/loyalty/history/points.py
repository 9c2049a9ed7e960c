"""What orders earned, returns took back and people used: lots and entries as columns."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from clothier.kernel import clock
from clothier.kernel.columns import Columns, Every, Ints, claim, insert
from clothier.kernel.money import share
from clothier.loyalty.contracts import PROGRAMME, EntryKind, PastPurchases, PastReturns, PastSpendings
from clothier.loyalty.models import Entry, Lot
from clothier.loyalty.rules.campaigns import Buying, best
from clothier.loyalty.rules.points import HUNDREDTHS, month_end
from clothier.loyalty.selectors.campaigns import running_between
from clothier.standards.selectors import document

_DAY = 86_400


@transaction.atomic
def load_points(bought: PastPurchases, back: PastReturns, used: PastSpendings) -> Ints:
    """What `earn`, `reverse` and `spend` do with orders of the past, at the rates of the house rules and campaigns.

    The fen of each line that points paid: they earn none.
    """
    rules, count = document("loyalty"), len(bought.orders)
    rates, campaigns = _rates(bought, rules.points_per_yuan * HUNDREDTHS)
    earned = bought.fen * rates[bought.order] // (100 * HUNDREDTHS)
    lots = np.array(claim(Lot, count), dtype=np.int64)
    matures = bought.moments + rules.pending_days * _DAY
    expires = _month_ends(bought.moments, rules.valid_months)
    remaining = np.bincount(bought.order, earned, count).astype(np.int64)
    np.subtract.at(remaining, bought.order[back.sold], earned[back.sold])
    takes, lines = _take(bought.customers, remaining, matures, expires, used)
    spent = np.flatnonzero(takes)
    whose = np.searchsorted(used.customers, bought.customers[spent])
    by_points = _by_points(bought, used, np.bincount(whose, takes[spent], len(used.customers)).astype(np.int64))
    paid = bought.fen - by_points
    # What an order earned waits to mature, so nothing of it was taken above.
    np.subtract.at(remaining, bought.order, earned)
    earned = paid * rates[bought.order] // (100 * HUNDREDTHS)
    np.add.at(remaining, bought.order, earned)
    whole: Columns = {"customer_id": bought.customers, "source": Every("order"), "store_id": bought.stores}
    times: Columns = {"matures_at": matures, "expires_at": expires}
    numbers = [str(pk) for pk in bought.orders]
    insert(Lot, {"id": lots, "document": numbers, "remaining": remaining - takes, **whole, **times}, count=count)
    entries = np.array(claim(Entry, len(earned)), dtype=np.int64)
    _write(
        EntryKind.EARN,
        {
            "id": entries,
            "document": [numbers[place] for place in bought.order.tolist()],
            "line": bought.lines,
            "lot_id": lots[bought.order],
            "customer_id": bought.customers[bought.order],
            "points": earned,
            "fen": paid,
            "rate": rates[bought.order],
            "campaign_id": [campaigns[place] for place in bought.order.tolist()],
            "occurred_at": bought.moments[bought.order],
        },
    )
    _reverse(bought, back, lots, entries, earned, rates)
    _write(
        EntryKind.SPEND,
        {
            "source": [used.sources[place] for place in whose.tolist()],
            "document": [used.documents[place] for place in whose.tolist()],
            "line": lines[spent],
            "lot_id": lots[spent],
            "customer_id": bought.customers[spent],
            "points": -takes[spent],
            "occurred_at": used.moments[whose],
        },
    )
    return by_points


def _reverse(bought: PastPurchases, back: PastReturns, lots: Ints, entries: Ints, earned: Ints, rates: Ints) -> None:
    """What was brought back takes away what it had earned."""
    place = bought.order[back.sold]
    _write(
        EntryKind.REVERSE,
        {
            "document": [str(pk) for pk in back.orders],
            "line": back.lines,
            "lot_id": lots[place],
            "customer_id": bought.customers[place],
            "points": -earned[back.sold],
            "fen": bought.fen[back.sold],
            "rate": rates[place],
            "origin_id": entries[back.sold],
            "occurred_at": back.moments,
        },
    )


def _by_points(bought: PastPurchases, used: PastSpendings, spent: Ints) -> Ints:
    """What the points paid of each line, fairly to the fen."""
    found, per_yuan = np.zeros(len(bought.fen), dtype=np.int64), document("loyalty").points_per_yuan_at_till
    for place in np.flatnonzero((used.orders >= 0) & (spent > 0)).tolist():
        first, end = np.searchsorted(bought.order, used.orders[place] + np.arange(2)).tolist()
        found[first:end] = share(int(spent[place]) * 100 // per_yuan, bought.fen[first:end].tolist())
    return found


def _write(kind: EntryKind, told: Columns) -> None:
    alike: Columns = {
        "program": Every(PROGRAMME),
        "source": Every("order"),
        "kind": Every(kind.value),
        "fen": Every(0),
        "rate": Every(0),
        "recorded_at": Every(clock.now()),
    }
    points = told["points"]
    assert not isinstance(points, Every)
    insert(Entry, {**alike, **told}, count=len(points))


def _rates(bought: PastPurchases, base: int) -> tuple[Ints, list[int | None]]:
    """Hundredths of a point a yuan for each order, and the campaign that raised it."""
    rates = np.full(len(bought.orders), base, dtype=np.int64)
    raised: list[int | None] = [None] * len(rates)
    if not len(rates):
        return rates, raised
    running = running_between(_moment(bought.moments.min()), _moment(bought.moments.max()))
    totals, zone = np.bincount(bought.order, bought.fen, len(rates)), timezone.get_default_timezone()
    for place in range(len(rates)) if running else ():
        buying = Buying(_moment(bought.moments[place]), int(bought.stores[place]), "", int(totals[place]))
        percent, raised[place] = best(running, buying, zone)
        rates[place] = base * percent // 100
    return rates, raised


def _take(customers: Ints, points: Ints, matures: Ints, expires: Ints, used: PastSpendings) -> tuple[Ints, Ints]:
    """What each lot gives, earliest expiry first, and which line of the spending that is."""
    takes, lines = np.zeros(len(points), dtype=np.int64), np.zeros(len(points), dtype=np.int64)
    whose = np.searchsorted(used.customers, customers)
    whose[whose == len(used.customers)] = 0
    if not len(used.customers) or not len(customers):
        return takes, lines
    at = used.moments[whose]
    ready = (used.customers[whose] == customers) & (matures <= at) & (expires > at)
    order = np.lexsort((expires, customers))
    order = order[ready[order]]
    have, who = points[order], whose[order]
    total = np.bincount(who, have, len(used.customers)).astype(np.int64)
    wish = np.minimum(used.points, total) // used.step * used.step
    before = np.cumsum(have) - have
    before -= _first_of(who, before)
    takes[order] = np.clip(wish[who] - before, 0, have)
    gives = (takes[order] > 0).astype(np.int64)
    nth = np.cumsum(gives) - gives
    lines[order] = nth - _first_of(who, nth)
    return takes, lines


def _first_of(groups: Ints, values: Ints) -> Ints:
    """The value at the first place of each one's group; members of a group stand together."""
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    found: Ints = np.repeat(values[starts], np.diff(np.append(starts, len(groups))))
    return found


def _month_ends(moments: Ints, months: int) -> Ints:
    """`month_end` of each, worked out once an hour there is."""
    zone = timezone.get_default_timezone()
    hours, place = np.unique(moments // 3600, return_inverse=True)
    ends: Sequence[int] = [int(month_end(_moment(hour * 3600), months, zone).timestamp()) for hour in hours.tolist()]
    found: Ints = np.array(ends, dtype=np.int64)[place]
    return found


def _moment(second: "int | np.integer[Any]") -> datetime:
    return datetime.fromtimestamp(int(second), UTC)
