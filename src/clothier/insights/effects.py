"""What an activity did for sales: those who came, against themselves before and against customers like them.

Each attendee is compared with the customers of the same store who did not come and had spent about as much there in the
quarter before (the nearest few); what counts is how much more an attendee's spending rose than theirs. The interval is
the bootstrap's: attendees are drawn again and again, and the middle 95 % of the means is told. It is no proof, since
nobody was sent by lot; the page says so.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from clothier.bookings.selectors import attendees
from clothier.checkout.selectors import buyers_at, spent
from clothier.kernel import clock
from clothier.standards.selectors import document

LIKE = timedelta(days=90)
NEIGHBOURS, CONSIDERED = 5, 3000
# With fewer than this a mean says nothing, whatever its interval.
ENOUGH, DRAWS = 8, 1000


@dataclass(frozen=True, slots=True)
class Effect:
    """Fen per attendee. `low` and `high` bound the extra, None for too few people. `complete`: the days are over."""

    people: int
    days: int
    before_fen: int
    after_fen: int
    like_before_fen: int
    like_after_fen: int
    extra_fen: int
    low_fen: int | None
    high_fen: int | None
    complete: bool

    @property
    def clear(self) -> bool:
        """Whether the interval lies on one side of nothing."""
        return self.low_fen is not None and self.high_fen is not None and (self.low_fen > 0 or self.high_fen < 0)


def activity_effect(activity: int, *, store: int | None, at: datetime) -> Effect | None:
    """The effect of an activity that began at a moment; None when nobody came."""
    came = sorted({customer for customer, _at in attendees(activity)})
    if not came:
        return None
    days = document("bookings").effect_days
    window = timedelta(days=days)
    control = _like(came, store, at)
    everybody = {*came, *(pk for few in control.values() for pk in few)}
    before, after = spent(everybody, at - window, at), spent(everybody, at, at + window)
    rises = []
    for one in came:
        own = after.get(one, 0) - before.get(one, 0)
        theirs = [after.get(pk, 0) - before.get(pk, 0) for pk in control[one]]
        rises.append(own - (sum(theirs) / len(theirs) if theirs else 0))
    low, high = interval(rises)
    like = [pk for few in control.values() for pk in few]
    return Effect(
        people=len(came),
        days=days,
        before_fen=_mean([before.get(pk, 0) for pk in came]),
        after_fen=_mean([after.get(pk, 0) for pk in came]),
        like_before_fen=_mean([before.get(pk, 0) for pk in like]),
        like_after_fen=_mean([after.get(pk, 0) for pk in like]),
        extra_fen=round(sum(rises) / len(rises)),
        low_fen=low,
        high_fen=high,
        complete=clock.now() >= at + window,
    )


def interval(values: list[float]) -> tuple[int | None, int | None]:
    """The middle 95 % of the means of so many draws with replacement, the same every time; None for too few values."""
    if len(values) < ENOUGH:
        return None, None
    rng, n = Random(len(values)), len(values)  # noqa: S311 - no secret: the same page twice says the same
    means = sorted(sum(rng.choices(values, k=n)) / n for _ in range(DRAWS))
    return round(means[DRAWS * 25 // 1000]), round(means[DRAWS * 975 // 1000 - 1])


def _like(came: list[int], store: int | None, at: datetime) -> dict[int, list[int]]:
    """For each attendee the customers of the store who spent nearest to them before, and did not come."""
    own = spent(came, at - LIKE, at)
    others = sorted(
        (fen, pk) for pk, fen in buyers_at(store, at - LIKE, at, limit=CONSIDERED).items() if pk not in set(came)
    )
    found = {}
    for one in came:
        place = bisect_left(others, (own.get(one, 0), 0))
        near = others[max(place - NEIGHBOURS, 0) : place + NEIGHBOURS]
        near.sort(key=lambda pair: abs(pair[0] - own.get(one, 0)))
        found[one] = [pk for _fen, pk in near[:NEIGHBOURS]]
    return found


def _mean(values: list[int]) -> int:
    return round(sum(values) / len(values)) if values else 0
