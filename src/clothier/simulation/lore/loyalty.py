"""What the demo's members use their points for, and its member day."""

from datetime import datetime, timedelta

import numpy as np

from clothier.loyalty.contracts import CampaignRule, MonthDays, PastSpendings
from clothier.loyalty.services import save_campaign
from clothier.simulation.draws import Ints, stream

# Of a hundred members so many have parked with points on their last visit, two hours at most.
PARK = 0.45
_HOUR = 500


def spendings(people: range, customers: Ints, moments: Ints, *, seed: int) -> PastSpendings:
    """Hours of parking paid with points on the last visit that ended at the till."""
    last = np.zeros(len(people), dtype=np.int64)
    np.maximum.at(last, customers - people.start, moments)
    drawn = stream(seed, "parking", people.start)
    parks = (last > 0) & (drawn.random(len(people)) < PARK)
    who = np.flatnonzero(parks) + people.start
    return PastSpendings(
        source="parking",
        documents=[f"demo-{pk}" for pk in who.tolist()],
        customers=who,
        moments=last[parks],
        points=drawn.integers(1, 5, len(who)) * _HOUR,
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
