"""What the demo's members use their points for, and its member day."""

from datetime import datetime, timedelta

import numpy as np

from clothier.checkout.contracts import PastSums
from clothier.loyalty.contracts import CampaignRule, MonthDays, PastSpendings
from clothier.loyalty.services import save_campaign
from clothier.simulation.draws import Ints
from clothier.simulation.lore.payments import DAYS
from clothier.standards.selectors import document

# Of a hundred members so many have parked with points on their last visit, two hours at most; of the others so many
# have paid a part of it with points, sixty yuan or half of it at most.
PARK, PAY = 0.45, 0.2
_HOUR = 500


def spendings(
    people: range,
    customers: Ints,
    bought: PastSums,
    moments: Ints,
    came_back: Ints,
    *,
    now: int,
    rng: np.random.Generator,
) -> PastSpendings:
    """What points paid on the last visit that ended at the till: hours of parking, or a part of what was bought.

    Only of the weeks whose payments are told; `came_back` are places of orders that something came back of.
    """
    last, place = np.zeros(len(people), dtype=np.int64), np.full(len(people), -1, dtype=np.int64)
    of = customers - people.start
    np.maximum.at(last, of, moments)
    latest = np.flatnonzero(moments == last[of])
    place[of[latest]] = latest
    parks = (last > 0) & (rng.random(len(people)) < PARK)
    hours = rng.integers(1, 5, parks.sum())
    pays = ~parks & (last >= now - DAYS * 86_400) & (rng.random(len(people)) < PAY)
    pays[pays] = (place[pays] >= 0) & ~np.isin(place[pays], came_back)
    points = np.zeros(len(people), dtype=np.int64)
    points[parks] = hours * _HOUR
    half = bought.totals[place[pays]] // 200 * document("loyalty").points_per_yuan_at_till
    points[pays] = np.minimum(rng.integers(2, 13, pays.sum()) * _HOUR, half)
    who = np.flatnonzero(parks | pays)
    told = zip((who + people.start).tolist(), parks[who].tolist(), place[who].tolist(), strict=True)
    return PastSpendings(
        sources=["parking" if parked else "order" for parked in parks[who].tolist()],
        documents=[f"demo-{pk}" if parked else str(bought.orders[order]) for pk, parked, order in told],
        customers=who + people.start,
        moments=last[who],
        points=points[who],
        orders=np.where(parks[who], -1, place[who]),
        step=_HOUR,
    )


def hold_member_day(*, since: datetime, until: datetime) -> None:
    """Twice the points on the eighth of every month, as long as the history is long and half a year on."""
    save_campaign(
        name="每月 8 日会员日",
        name_en="Member day on the 8th",
        rule=CampaignRule(percent=200, conditions=(MonthDays(days=(8,)),)),
        starts_at=since,
        ends_at=until + timedelta(days=180),
    )
