"""Search: a few short index ranges, best first, whatever is typed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from clothier.customers import sealing
from clothier.customers.contracts import Found
from clothier.customers.models import Customer
from clothier.customers.rules import names
from clothier.customers.rules.identifiers import Kind, Malformed, normal
from clothier.customers.selectors.doors import READERS, require
from clothier.customers.selectors.people import IdentifierView, identifiers_of
from clothier.customers.standing import layer_names
from clothier.kernel import columns
from clothier.kernel.access import Viewer

LIMIT = 20
_SHOWN = (Kind.PHONE, Kind.MEMBER)
# How a hit is called in SQL, where it is looked up (less SELECT and LIMIT), its parameters, and how many at most.
Range = tuple[str, str, list[Any], int | None]
_RECORDS = "customers_customer"
_HELD = f"FROM customers_identifier i JOIN {_RECORDS} c ON c.id = i.customer_id"


def find(viewer: Viewer, query: str, *, limit: int = LIMIT) -> list[Found]:
    """People by name (any part), pinyin, initials, member number, phone or its last four digits, e-mail, plate.

    At most `limit`, one line per person, best match first. Raises Denied for roles that may not see customers.
    """
    require(viewer, READERS)
    typed = unicodedata.normalize("NFKC", query).strip()[:60]
    hits: dict[int, str] = {}
    for _rank, person, matched in _hits(typed, limit):
        if person is not None and len(hits) < limit:
            hits.setdefault(person, matched)
    return _found(hits)


def _hits(typed: str, limit: int) -> list[tuple[int, int | None, str]]:
    """Everybody the text could mean as (rank, person, how), best first: one statement of short index ranges."""
    ranges = [*_exact(typed), *_tails(typed), *_named(typed)]
    if not ranges:
        return []
    parts, values = [], list[Any]()
    for rank, (matched, source, wanted, most) in enumerate(ranges):
        # In a subquery of its own, because a part of a union takes no order and no limit.
        told = (
            f"SELECT {rank} AS place, person_id, {matched} AS matched FROM (SELECT {source} LIMIT {most or limit * 2})"  # noqa: S608 - our own names
        )
        parts.append(f"{told} AS found_{rank}")
        values += wanted
    return sorted(columns.read(" UNION ALL ".join(parts), values), key=itemgetter(0))


def _exact(typed: str) -> Iterator[Range]:
    """Whole identifiers: one probe of the hash index for all the kinds it could be."""
    if hashes := [sealing.identifier_hash(kind, value) for kind, value in _readings(typed)]:
        condition, values = columns.among("i.hash", hashes)
        yield "kind", f"person_id, i.kind {_HELD} WHERE {condition} ORDER BY i.id", values, LIMIT


def _tails(typed: str) -> Iterator[Range]:
    if re.fullmatch(r"\d{4}", typed):
        held = f"person_id {_HELD} WHERE i.tail = %s ORDER BY i.id DESC"
        yield "'tail'", held, [sealing.tail_hash(typed)], None


def _readings(typed: str) -> Iterator[tuple[Kind, str]]:
    for kind in (Kind.MEMBER, Kind.PHONE, Kind.EMAIL, Kind.PLATE, Kind.RFID):
        try:
            yield kind, normal(kind, typed)
        except Malformed:
            continue


def _named(typed: str) -> Iterator[Range]:
    needle = names.needle(typed)
    if not needle:
        return
    keys = ("name_1", "name_2", "name_3") if names.has_han(typed) else ("pinyin_1", "initials", "pinyin_2")
    for key in keys:
        span = f"person_id FROM {_RECORDS} WHERE {key} >= %s AND {key} < %s ORDER BY {key}"
        yield f"'{key.partition('_')[0]}'", span, [needle, names.above(needle)], None


def _found(hits: dict[int, str]) -> list[Found]:
    if not hits:
        return []
    condition, values = columns.among("p.customer_id", hits)
    lines = columns.read(f"{_line()} WHERE p.live AND {condition}", values)
    shown, layers = identifiers_of(hits, kinds=_SHOWN), layer_names()
    titles = dict(Customer.Title.choices)
    found = {
        person: Found(
            customer_id=person,
            name=name,
            title=str(titles.get(title, title)),
            phone=first(shown.get(person, ()), Kind.PHONE),
            member_number=first(shown.get(person, ()), Kind.MEMBER),
            layer=layer,
            layer_name=layers.get(layer, layer),
            orders=orders,
            last_purchase_at=columns.moment_of(bought),
            matched=hits[person],
        )
        for person, name, title, layer, orders, bought in lines
    }
    return [found[person] for person in hits if person in found]


def _line() -> str:
    bought = columns.instant("p.last_purchase_at")
    told = f"SELECT p.customer_id, c.name, c.title, p.layer, p.orders, {bought}"
    return f"{told} FROM customers_profile p JOIN {_RECORDS} c ON c.id = p.customer_id"


def first(identifiers: Iterable[IdentifierView], kind: Kind) -> str:
    return next((row.shown for row in identifiers if row.kind == kind), "")
