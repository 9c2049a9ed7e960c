"""How people's tiers rose and fell, told again from what they bought."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from django.db import transaction

from clothier.eventlog.contracts import History
from clothier.eventlog.history import record_history
from clothier.kernel import clock
from clothier.kernel.columns import NEVER, Every, Ints, claim, insert
from clothier.loyalty.events import TierChanged
from clothier.loyalty.models import Membership, TierChange
from clothier.standards.contracts import Loyalty
from clothier.standards.selectors import document

# A twelfth of a year: whoever is looked at again is placed by the calendar.
_MONTH = 365 * 86_400 // 12


class Life(NamedTuple):
    """Where somebody stands now, and every change on the way: (when, from which rank, to which, with which spend)."""

    rank: int
    since: int
    grace_until: int
    fen: int
    next_look_at: int
    changes: list[tuple[int, int, int, int]]


@transaction.atomic
def load_tiers(*, people: Sequence[int], customers: Ints, moments: Ints, fen: Ints) -> None:
    """What reviews at every purchase and return (negative fen) of the past would have written; `people` in order."""
    rules, now = document("loyalty"), int(clock.now().timestamp())
    order = np.lexsort((moments, customers))
    customers, moments, fen = customers[order], moments[order], fen[order]
    ids = np.asarray(people, dtype=np.int64)
    starts, ends = np.searchsorted(customers, ids), np.searchsorted(customers, ids, side="right")
    keys = ["", *(tier.key for tier in rules.tiers)]
    at, paid = moments.tolist(), fen.tolist()
    lives = [
        _live(rules, at[start:end], paid[start:end], now)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    _write(ids, lives, keys)
    _tell([(pk, *change) for pk, life in zip(ids.tolist(), lives, strict=True) for change in life.changes], keys)


def _live(rules: Loyalty, moments: list[int], fen: list[int], now: int) -> Life:
    """One person's purchases come in and leave the window in the order of time; a fall waits for its grace."""
    needs = [tier.spend for tier in rules.tiers]
    window = rules.qualifying_months * _MONTH
    grace = rules.grace_months * _MONTH
    total = rank = since = until = 0
    changes: list[tuple[int, int, int, int]] = []
    leaving = 0
    steps = sorted([(at, place) for place, at in enumerate(moments)] + [(at + window, -1) for at in moments])
    for at, place in [*steps, (now, -2)]:
        if until and until <= min(at, now):
            lower = bisect_right(needs, max(total, 0))
            changes.append((until, rank, lower, max(total, 0)))
            rank, since, until = lower, until, 0
        if at > now or place == -2:
            break
        if place >= 0:
            total += fen[place]
        else:
            total -= fen[leaving]
            leaving += 1
        earned = bisect_right(needs, max(total, 0))
        if earned > rank:
            changes.append((at, rank, earned, total))
            rank, since = earned, at
        until = 0 if earned >= rank else until or at + grace
    return Life(
        rank,
        since,
        until,
        max(total, 0),
        until or _falls_at(needs, rank, total, moments, fen, leaving, window),
        changes,
    )


def _falls_at(
    needs: list[int], rank: int, total: int, moments: list[int], fen: list[int], leaving: int, window: int
) -> int:
    for place in range(leaving, len(moments)) if rank else ():
        total -= fen[place]
        if total < needs[rank - 1]:
            return moments[place] + window
    return 0


def _write(ids: Ints, lives: list[Life], keys: list[str]) -> None:
    def moment(told: list[int]) -> Ints:
        found = np.array(told, dtype=np.int64)
        return np.where(found == 0, NEVER, found)

    insert(
        Membership,
        {
            "customer_id": ids,
            "live": Every(True),
            "tier": [keys[life.rank] for life in lives],
            "since": moment([life.since for life in lives]),
            "grace_until": moment([life.grace_until for life in lives]),
            "qualifying_fen": [life.fen for life in lives],
            "next_look_at": moment([life.next_look_at for life in lives]),
        },
        count=len(lives),
    )


def _tell(changes: list[tuple[int, int, int, int, int]], keys: list[str]) -> None:
    if not changes:
        return
    people, moments, was, now, fen = (list(column) for column in zip(*changes, strict=True))
    at = np.array(moments, dtype=np.int64)
    insert(
        TierChange,
        {
            "id": claim(TierChange, len(changes)),
            "customer_id": people,
            "was": [keys[rank] for rank in was],
            "tier": [keys[rank] for rank in now],
            "qualifying_fen": fen,
            "changed_at": at,
        },
        count=len(changes),
    )
    payloads = [
        f'{{"customer_id": {pk}, "was": "{keys[before]}", "tier": "{keys[after]}"}}'
        for pk, before, after in zip(people, was, now, strict=True)
    ]
    record_history(History(TierChanged, "customer", people, people, Every(None), at, payloads))
