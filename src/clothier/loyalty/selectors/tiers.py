"""Who has which tier, had it when, and how far it is to the next."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from clothier.customers.selectors import people_of, person_of, person_row
from clothier.kernel import columns
from clothier.kernel.rows import prepared
from clothier.loyalty.contracts import Forecast, Standing
from clothier.loyalty.models import Membership, TierChange
from clothier.loyalty.rules.tiers import rank
from clothier.standards.contracts import Loyalty, Tier, customer_tiers
from clothier.standards.selectors import document


def tier_of(customer: int) -> Standing:
    """Where the person behind a record stands."""
    for tier, since, grace_until, fen in _standing(customer=customer):
        return Standing(tier, since, grace_until, fen)
    return Standing("", None, None, 0)


@prepared
def _standing(customer: int) -> "QuerySet[Membership, tuple[str, datetime | None, datetime | None, int]]":
    rows = Membership.objects.filter(customer_id__in=person_row(customer))
    return rows.values_list("tier", "since", "grace_until", "qualifying_fen")


@customer_tiers.register
def tiers_of(customers: Iterable[int]) -> dict[int, str]:
    """Tier codes of those who have one, by the records asked for."""
    people = people_of(customers)
    which, values = columns.among("customer_id", set(people.values()))
    told = f"SELECT customer_id, tier FROM {columns.table(Membership)} WHERE {which} AND tier <> ''"  # noqa: S608
    tiers = dict(columns.read(told, values))
    return {customer: tiers[person] for customer, person in people.items() if person in tiers}


def tiers_sql() -> str:
    """Everybody's tier, for reports over the whole chain: customer_id (the person), tier."""
    return f"SELECT customer_id, tier FROM {Membership._meta.db_table} WHERE live"  # noqa: S608 - our own name


def tiers_at(asked: Sequence[tuple[int, datetime]]) -> list[str]:
    """The tier of each (record, moment): today's, or for a moment before it began the one it took over from."""
    people = people_of({customer for customer, _at in asked})
    which, values = columns.among("customer_id", set(people.values()))
    told = f"SELECT customer_id, tier, {columns.instant('since')} FROM {columns.table(Membership)} WHERE {which}"  # noqa: S608
    now = {person: (tier, columns.moment_of(since)) for person, tier, since in columns.read(told, values)}
    late = {
        person
        for customer, at in asked
        if (person := people.get(customer, 0)) in now and (since := now[person][1]) is not None and at < since
    }
    changes = _changes(late) if late else {}
    found = []
    for customer, at in asked:
        person = people.get(customer, 0)
        tier = now.get(person, ("", None))[0]
        found.append(next((was for changed, was in changes.get(person, ()) if at < changed), tier))
    return found


def _changes(people: Iterable[int]) -> dict[int, list[tuple[datetime, str]]]:
    """When each changed, earliest first, and from what."""
    changes: dict[int, list[tuple[datetime, str]]] = {}
    rows = TierChange.objects.filter(customer_id__in=list(people)).order_by("changed_at", "pk")
    for person, at, was in rows.values_list("customer_id", "changed_at", "was"):
        changes.setdefault(person, []).append((at, was))
    return changes


def tier_history(customer: int, *, limit: int = 12) -> list[TierChange]:
    """Rises and falls, newest first."""
    return _latest(person=person_of(customer) or 0, limit=limit)


@prepared
def _latest(person: int, limit: int) -> "QuerySet[TierChange, TierChange]":
    return TierChange.objects.filter(customer_id=person).order_by("-changed_at", "-pk")[:limit]


def forecast(customer: int, standing: Standing | None = None) -> Forecast | None:
    """How far it is to the next tier ("再消费 ¥320 升金卡"); None above the highest."""
    rules, standing = document("loyalty"), standing or tier_of(customer)
    above = rules.tiers[rank(rules, standing.tier) :]
    if not above:
        return None
    needed, fen = above[0].spend, standing.qualifying_fen
    return Forecast(above[0].key, max(needed - fen, 0), min(100 * fen // needed, 99) if needed else 0)


def tier_named(key: str, rules: Loyalty | None = None) -> Tier | None:
    """The house rules' tier; None for "" and for one that they no longer know."""
    return next((tier for tier in (rules or document("loyalty")).tiers if tier.key == key), None)
