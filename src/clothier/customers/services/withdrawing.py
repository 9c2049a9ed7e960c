"""Taking back what a wrong file brought: orders off the figures, records out of the house."""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from clothier.customers.events import (
    CustomerRegistered,
    DuplicateFound,
    LayerChanged,
    LinkRevoked,
    RecordsLinked,
    RecordWithdrawn,
)
from clothier.customers.models import Encounter, Link
from clothier.customers.services import counting, links
from clothier.customers.services.people import locked
from clothier.customers.services.privacy import forget
from clothier.eventlog.selectors import told_besides
from clothier.eventlog.services import record_alike
from clothier.kernel import clock

# What registering somebody leads to by itself.
_OWN = {
    event.type
    for event in (CustomerRegistered, LayerChanged, RecordsLinked, LinkRevoked, DuplicateFound, RecordWithdrawn)
}


class Held(StrEnum):
    """Why a record stays."""

    VISITED = "visited"
    MERGED = "merged"
    TOUCHED = "touched"


def uncount_orders(*, order_ids: Collection[int]) -> int:
    """Take orders that are taken back off their customers' figures; of how many customers. Twice is once."""
    kinds = (Encounter.Kind.PURCHASE, Encounter.Kind.RETURN)
    with transaction.atomic():
        counted = Encounter.objects.filter(ref_id__in=list(order_ids), kind__in=kinds)
        records = locked(counted.values_list("customer_id", flat=True))
        counted.delete()
        people = {record.person_id or pk for pk, record in records.items()}
        counting.recount(people)
    return len(people)


def withdraw_records(
    *,
    records: Sequence[int],
    import_id: int,
    buyers: Collection[int] = (),
    aside: Iterable[str] = (),
    actor: int | None = None,
) -> dict[int, Held]:
    """Take back records that an import brought and nothing has touched since: forgotten, a tombstone stays for the log.

    Those that stay are returned with why. `buyers` have orders of elsewhere; `aside` are types of event of the import's
    own making, which do not count as touching.
    Links that the import itself proved are revoked; what a person decided is left alone. Twice is once.
    """
    with transaction.atomic():
        there = [pk for pk, record in locked(records).items() if not record.erased_at]
        held = _held(there, {*_OWN, *aside}) | dict.fromkeys(set(buyers) & set(there), Held.VISITED)
        going = [pk for pk in there if pk not in held]
        for link in Link.objects.filter(Q(a__in=going) | Q(b__in=going), revoked_at=None).values_list("pk", flat=True):
            links.unmerge(link_id=link, actor=actor)
        forget(going)
        _tell(going, import_id, actor)
    return held


def _held(records: list[int], own: set[str]) -> dict[int, Held]:
    """Whoever bought, came, was merged by somebody or was told anything about stays."""
    held = {pk: Held.TOUCHED for pk, type_, payload in told_besides(records, own) if not _by_itself(type_, payload)}
    merged = Link.objects.filter(Q(a__in=records) | Q(b__in=records)).exclude(rule=Link.Rule.VERIFIED)
    held |= {pk: Held.MERGED for pair in merged.values_list("a_id", "b_id") for pk in pair if pk in set(records)}
    came = Encounter.objects.filter(customer__in=records).values_list("customer_id", flat=True)
    return held | dict.fromkeys(came, Held.VISITED)


def _by_itself(type_: str, payload: dict[str, object]) -> bool:
    """A tag that its rule put on or took off says nothing new about anybody."""
    return type_ in {"tag.added", "tag.removed"} and payload.get("origin") == "rule"


def _tell(records: list[int], import_id: int, actor: int | None) -> None:
    nothing = [None] * len(records)
    if records:
        record_alike(
            RecordWithdrawn,
            ({"customer_id": pk, "import_id": import_id} for pk in records),
            subject_kind="customer",
            subjects=records,
            customers=records,
            stores=nothing,
            actors=[actor] * len(records),
            occurred_at=[clock.now()] * len(records),
        )
