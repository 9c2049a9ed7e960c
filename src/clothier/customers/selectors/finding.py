"""Search: a few short index ranges, best first, whatever is typed."""

import re
import unicodedata
from collections.abc import Iterator

from django.db.models import QuerySet

from clothier.customers import sealing
from clothier.customers.contracts import Found
from clothier.customers.models import Customer, Identifier, Profile
from clothier.customers.rules import names
from clothier.customers.rules.identifiers import Kind, Malformed, normal
from clothier.customers.selectors.doors import READERS, require
from clothier.customers.selectors.people import IdentifierView, identifiers_of
from clothier.customers.standing import layer_names
from clothier.kernel.access import Viewer

LIMIT = 20
_SHOWN = (Kind.PHONE, Kind.MEMBER)


def find(viewer: Viewer, query: str, *, limit: int = LIMIT) -> list[Found]:
    """People by name (any part), pinyin, initials, member number, phone or its last four digits, e-mail, plate.

    At most `limit`, one line per person, best match first. Raises Denied for roles that may not see customers.
    """
    require(viewer, READERS)
    typed = unicodedata.normalize("NFKC", query).strip()[:60]
    hits: dict[int, str] = {}
    for person, matched in _hits(typed, limit):
        if person is not None:
            hits.setdefault(person, matched)
        if len(hits) >= limit:
            break
    return _found(hits)


def _hits(typed: str, limit: int) -> Iterator[tuple[int | None, str]]:
    if not typed:
        return
    yield from _exact(typed)
    if re.fullmatch(r"\d{4}", typed):
        tails = Identifier.objects.filter(tail=sealing.tail_hash(typed)).order_by("-pk")
        yield from ((pk, "tail") for pk in tails.values_list("customer__person_id", flat=True)[: limit * 2])
    if needle := names.needle(typed):
        yield from _named(typed, needle, limit)


def _exact(typed: str) -> Iterator[tuple[int | None, str]]:
    """Whole identifiers: one probe of the hash index for all the kinds it could be."""
    hashes = [sealing.identifier_hash(kind, value) for kind, value in _readings(typed)]
    rows = Identifier.objects.filter(hash__in=hashes).order_by("pk")[:LIMIT]
    yield from rows.values_list("customer__person_id", "kind")


def _readings(typed: str) -> Iterator[tuple[Kind, str]]:
    for kind in (Kind.MEMBER, Kind.PHONE, Kind.EMAIL, Kind.PLATE, Kind.RFID):
        try:
            yield kind, normal(kind, typed)
        except Malformed:
            continue


def _named(typed: str, needle: bytes, limit: int) -> Iterator[tuple[int | None, str]]:
    columns = ("name_1", "name_2", "name_3") if names.has_han(typed) else ("pinyin_1", "initials", "pinyin_2")
    for column in columns:
        for person in _starting(column, needle).values_list("person_id", flat=True)[: limit * 2]:
            yield person, column.partition("_")[0]


def _starting(column: str, needle: bytes) -> QuerySet[Customer]:
    span = {f"{column}__gte": needle, f"{column}__lt": names.above(needle)}
    return Customer.objects.filter(**span).order_by(column)


def _found(hits: dict[int, str]) -> list[Found]:
    profiles = Profile.objects.select_related("customer").filter(live=True).in_bulk(list(hits))
    if not profiles:
        return []
    shown, layers = identifiers_of(profiles, kinds=_SHOWN), layer_names()
    return [
        _line(profiles[person], matched, shown.get(person, []), layers)
        for person, matched in hits.items()
        if person in profiles
    ]


def _line(profile: Profile, matched: str, identifiers: list[IdentifierView], layers: dict[str, str]) -> Found:
    return Found(
        customer_id=profile.pk,
        name=profile.customer.name,
        title=profile.customer.get_title_display() if profile.customer.title else "",
        phone=first(identifiers, Kind.PHONE),
        member_number=first(identifiers, Kind.MEMBER),
        layer=profile.layer,
        layer_name=layers.get(profile.layer, profile.layer),
        orders=profile.orders,
        last_purchase_at=profile.last_purchase_at,
        matched=matched,
    )


def first(identifiers: list[IdentifierView], kind: Kind) -> str:
    return next((row.shown for row in identifiers if row.kind == kind), "")
