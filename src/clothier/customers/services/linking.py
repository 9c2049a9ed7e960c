"""The linkage over the shop's own records: what it finds probable goes to the review queue, never further."""

from collections.abc import Iterator

from django.db.models import Q

from clothier.customers.linkage import Candidate, Likely, likely_pairs
from clothier.customers.models import Customer, Duplicate, Identifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import review

CHUNK = 5_000


def find_duplicates(*, since_id: int = 0, threshold: float = 0.9, limit: int = 2_000) -> int:
    """Put probable pairs up for review; how many are new. With `since_id` at least one half is that young or younger.

    Meant to run after a bulk import, with the first id it registered.
    """
    pairs = [pair for pair in likely_pairs(candidates(), threshold=threshold) if pair.b >= since_id]
    return sum(_suggest(pair) for pair in pairs[:limit])


def candidates() -> Iterator[Candidate]:
    """Every living record, page by page of keys, with its hashes."""
    after = 0
    while True:
        rows = list(Customer.objects.filter(pk__gt=after, erased_at=None).order_by("pk")[:CHUNK])
        if not rows:
            return
        hashes = _hashes(rows[0].pk, rows[-1].pk)
        yield from (_candidate(row, hashes.get(row.pk, {})) for row in rows)
        after = rows[-1].pk


def _hashes(first: int, last: int) -> dict[int, dict[str, str]]:
    kinds = Q(kind__in=[Kind.PHONE, Kind.EMAIL])
    rows = Identifier.objects.filter(kinds, customer__gte=first, customer__lte=last).order_by("-pk")
    found: dict[int, dict[str, str]] = {}
    for customer, kind, hashed, tail in rows.values_list("customer", "kind", "hash", "tail"):
        mine = found.setdefault(customer, {})
        mine[kind] = hashed
        if tail:
            mine["tail"] = tail
    return found


def _candidate(row: Customer, hashes: dict[str, str]) -> Candidate:
    return Candidate(
        id=row.pk,
        name=row.name or None,
        pinyin=bytes(row.pinyin_1).decode() if row.pinyin_1 else None,
        phone=hashes.get(Kind.PHONE),
        tail=hashes.get("tail"),
        email=hashes.get(Kind.EMAIL),
        birthday=row.birth_key,
        title=row.title or None,
        store=str(row.store_id) if row.store_id else None,
    )


def _suggest(pair: Likely) -> bool:
    evidence = {"agree": list(pair.agree), "close": list(pair.close), "differ": list(pair.differ)}
    made = review.suggest(a=pair.a, b=pair.b, origin=Duplicate.Origin.LINKAGE, score=pair.score, evidence=evidence)
    return made is not None
