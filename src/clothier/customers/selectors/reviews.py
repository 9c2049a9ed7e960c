"""Possible duplicates, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from clothier.customers.contracts import FactView
from clothier.customers.fields import SIZES
from clothier.customers.models import AccessRecord, Duplicate, Profile
from clothier.customers.reading import note_read
from clothier.customers.selectors.doors import KEEPERS, require
from clothier.customers.selectors.known import current_facts
from clothier.customers.selectors.people import IdentifierView, identifiers_of, records_of
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared

LIMIT = 30


@dataclass(frozen=True, slots=True)
class Side:
    """One half of a pair."""

    profile: Profile
    records: tuple[int, ...]
    identifiers: tuple[IdentifierView, ...]
    sizes: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    duplicate: Duplicate
    left: Side
    right: Side


def open_pairs(viewer: Viewer, *, after: str = "", limit: int = LIMIT) -> tuple[list[Duplicate], str]:
    """Pairs to look at, surest first, and where the next page begins."""
    require(viewer, KEEPERS)
    rows = Duplicate.objects.filter(state=Duplicate.State.OPEN).select_related("a", "b").order_by("-score", "-pk")
    score, _, pk = after.partition("~")
    if score and pk.isdecimal():
        rows = rows.filter(score__lte=float(score)).exclude(score=float(score), pk__gte=int(pk))
    found = list(rows[: limit + 1])
    shown = found[:limit]
    return shown, f"{shown[-1].score}~{shown[-1].pk}" if len(found) > limit else ""


def count_open_pairs(viewer: Viewer, *, most: int = 100) -> int:
    """How many pairs wait for somebody to look; `most` stands for that many and more."""
    require(viewer, KEEPERS)
    return len(_waiting(most=most))


@prepared
def _waiting(most: int) -> "QuerySet[Duplicate, int]":
    return Duplicate.objects.filter(state=Duplicate.State.OPEN.value).values_list("pk", flat=True)[:most]


def decided_pairs(viewer: Viewer, *, limit: int = 10) -> list[Duplicate]:
    """The latest decisions, so that they can be taken back."""
    require(viewer, KEEPERS)
    rows = Duplicate.objects.exclude(state=Duplicate.State.OPEN).select_related("a", "b")
    return list(rows.order_by("-decided_at")[:limit])


def pair(viewer: Viewer, duplicate_id: int) -> Pair | None:
    """Both sides of a pair; None when there is no such pair or a side was erased. Both reads are logged."""
    require(viewer, KEEPERS)
    found = Duplicate.objects.select_related("a", "b").filter(pk=duplicate_id).first()
    if found is None or found.a.erased_at or found.b.erased_at:
        return None
    for record in (found.a_id, found.b_id):
        note_read(viewer, record, what=AccessRecord.What.PROFILE, purpose=f"review:{found.pk}")
    return Pair(found, _side(found.a_id), _side(found.b_id))


def _side(customer_id: int) -> Side:
    records: Sequence[int] = records_of(customer_id)
    profile = Profile.objects.select_related("customer__store").get(customer__records=customer_id, live=True)
    return Side(
        profile,
        tuple(records),
        tuple(identifiers_of([profile.pk]).get(profile.pk, [])),
        tuple(current_facts(records, groups=(SIZES,))),
    )
