"""Tiers looked at anew: after a purchase, as the window rolls on, when records join or part or the rules change."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import transaction

from clothier.customers.selectors import people_of, records_of_all, spends
from clothier.eventlog.services import record_alike
from clothier.kernel import clock, columns, rows
from clothier.loyalty.events import TierChanged
from clothier.loyalty.models import Membership, Rereview, TierChange
from clothier.loyalty.rules.tiers import Spend, months_after, place, rank
from clothier.standards.contracts import Loyalty
from clothier.standards.selectors import document

BATCH = 1_000
Move = tuple[Membership, str]
_standing = attrgetter("tier", "grace_until", "next_look_at")
_PLACED = ("live", "tier", "since", "grace_until", "qualifying_fen", "next_look_at")


@transaction.atomic
def review(customers: Iterable[int]) -> int:
    """Look at the tiers of these records' people as of now; how many changed."""
    people = sorted(set(people_of(customers).values()))
    if not people:
        return 0
    held = _hold(people)
    rules, now = document("loyalty"), clock.now()
    bought = _bought(people, rules, now)
    stood = [_standing(row) for row in held]
    moves = [move for row in held if (move := _place(row, bought[row.customer_id], rules, now))]
    stayed = [row for row, was in zip(held, stood, strict=True) if _standing(row) == was]
    # After most purchases only the spend is another, and that is in no index.
    rows.update(stayed, ["qualifying_fen"])
    rows.update([row for row, was in zip(held, stood, strict=True) if _standing(row) != was], _PLACED)
    _tell(moves, now)
    return len(moves)


def review_due(*, limit: int = BATCH) -> int:
    """One step of what time alone changes, for the worker; how many were looked at, 0 when nobody is due."""
    return _review_everybody(limit) or _review_next(limit)


def review_everybody(*, at: datetime) -> None:
    """The house rules of tiers change at a moment: everybody is looked at from then on."""
    Rereview.objects.create(at=at)


@transaction.atomic
def regroup(*, records: Iterable[int]) -> None:
    """Records were joined or parted: the row of whoever stands for the person speaks, the others rest with what they
    had. Whoever is joined brings the better tier along. Twice is once.
    """
    group = records_of_all(records)
    people = people_of(group)
    held = {row.customer_id: row for row in _hold(group)}
    rules = document("loyalty")
    for record, row in held.items():
        head = held[people[record]]
        if row.live and head is not row and rank(rules, row.tier) > rank(rules, head.tier):
            head.tier, head.since, head.grace_until = row.tier, row.since, row.grace_until
        row.live = head is row
    rows.update(held.values(), _PLACED)
    review(people.values())


def _review_next(limit: int) -> int:
    due = Membership.objects.filter(live=True, next_look_at__lte=clock.now()).order_by("next_look_at")
    people = list(due.values_list("customer_id", flat=True)[:limit])
    review(people)
    return len(people)


def _review_everybody(limit: int) -> int:
    with transaction.atomic():
        due = Rereview.objects.select_for_update().filter(at__lte=clock.now()).order_by("at", "pk").first()
        if due is None:
            return 0
        some = Membership.objects.filter(pk__gt=due.reached, live=True).order_by("pk")
        people = list(some.values_list("pk", flat=True)[:limit])
        if not people:
            due.delete()
            return 0
        Rereview.objects.filter(pk=due.pk).update(reached=people[-1])
        review(people)
        return len(people)


def _hold(people: list[int]) -> list[Membership]:
    """Everybody's row, made where there was none, locked in the order of their ids."""
    held = _locked(people)
    if len(held) < len(people):
        missing = set(people) - {row.customer_id for row in held}
        Membership.objects.bulk_create((Membership(customer_id=pk) for pk in missing), ignore_conflicts=True)
        held = _locked(people)
    return held


def _locked(people: list[int]) -> list[Membership]:
    """The rows alone, without what Django makes of each when it builds one: they are looked at with every purchase."""
    which, values = columns.among("customer_id", people)
    return rows.fetch(Membership, which, values, hold=True)


def _bought(people: list[int], rules: Loyalty, now: datetime) -> dict[int, list[Spend]]:
    # A few days more than the window: months differ in length, and the rule itself draws the line.
    since = months_after(now, -rules.qualifying_months) - timedelta(days=3)
    bought: defaultdict[int, list[Spend]] = defaultdict(list)
    for person, at, fen in spends(people, since=since):
        bought[person].append(Spend(at, fen))
    return bought


def _place(row: Membership, bought: list[Spend], rules: Loyalty, now: datetime) -> Move | None:
    """Put a row where it belongs now; from where it moved, if the tier changed."""
    was = row.tier
    placed = place(rules, bought, tier=was, grace_until=row.grace_until, now=now)
    row.tier, row.qualifying_fen, row.grace_until, row.next_look_at = placed
    if row.tier == was:
        return None
    row.since = now
    return row, was


def _tell(moves: list[Move], now: datetime) -> None:
    people = [row.customer_id for row, _was in moves]
    rows.insert(
        [
            rows.new(
                TierChange,
                customer_id=row.customer_id,
                was=was,
                tier=row.tier,
                qualifying_fen=row.qualifying_fen,
                changed_at=now,
            )
            for row, was in moves
        ]
    )
    record_alike(
        TierChanged,
        ({"customer_id": row.customer_id, "was": was, "tier": row.tier} for row, was in moves),
        subject_kind="customer",
        subjects=people,
        customers=people,
        stores=[None] * len(people),
        actors=[None] * len(people),
        occurred_at=[now] * len(people),
    )
