"""The profile page: one prepared row and a few short lists, whatever the length of the history."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from clothier.customers.contracts import FactView
from clothier.customers.fields import LIKES, NEEDS, SIZES
from clothier.customers.models import (
    AccessRecord,
    ConsentState,
    Customer,
    Duplicate,
    Erasure,
    Link,
    Profile,
    Wearer,
)
from clothier.customers.reading import note_read
from clothier.customers.selectors.cards import TagView, current_tags
from clothier.customers.selectors.doors import READERS, require
from clothier.customers.selectors.known import current_facts
from clothier.customers.selectors.people import IdentifierView, identifiers_of, own_records
from clothier.kernel import columns, vault
from clothier.kernel.access import Viewer
from clothier.kernel.rows import fetch, prepared

NOTES = 5
_NEWEST = 2**62
_RELATIONS = dict(Wearer.Relation.choices)
_CONSENT = attrgetter("purpose", "data_class", "channel")


@dataclass(frozen=True, slots=True)
class WearerView:
    """Somebody the customer buys for, with what is known of their sizes."""

    id: int
    relation: str
    relation_name: str
    name: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    """A service record, unsealed."""

    id: int
    template: str
    answers: dict[str, str]
    author_id: int | None
    occurred_at: datetime
    written_at: datetime
    warned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything the profile page shows of a person without the upper packages' panels."""

    profile: Profile
    records: tuple[int, ...]
    identifiers: tuple[IdentifierView, ...]
    facts: tuple[FactView, ...]
    wearers: tuple[WearerView, ...]
    tags: tuple[TagView, ...]
    consents: tuple[ConsentState, ...]
    notes: tuple[NoteView, ...]
    links: tuple[Link, ...]
    suspects: int
    erasure: Erasure | None

    @property
    def customer(self) -> Customer:
        return self.profile.customer


def profile(viewer: Viewer, customer_id: int, *, purpose: str = "service") -> Whole | None:
    """The person behind any of their records; None when unknown or erased. The read is logged."""
    require(viewer, READERS)
    found = _live(record=customer_id)
    if not found:
        return None
    (row,) = found
    note_read(viewer, row.pk, what=AccessRecord.What.PROFILE, purpose=purpose)
    records = own_records(row.pk)
    facts = current_facts(records, groups=(SIZES, LIKES, NEEDS))
    return Whole(
        profile=row,
        records=tuple(records),
        identifiers=tuple(identifiers_of([row.pk]).get(row.pk, [])),
        facts=tuple(fact for fact in facts if fact.wearer_id is None),
        wearers=tuple(_wearers(records, facts)),
        tags=tuple(current_tags(records)),
        consents=tuple(sorted(fetch(ConsentState, "person_id = %s", [row.pk]), key=_CONSENT)),
        notes=tuple(notes(records, limit=NOTES)),
        links=tuple(_links(records)),
        suspects=_suspects(records),
        erasure=_erasure(records),
    )


@prepared
def _live(record: int) -> "QuerySet[Profile, Profile]":
    return Profile.objects.select_related("customer__store").filter(customer__records=record, live=True)[:1]


def notes(records: Sequence[int], *, before: int | None = None, limit: int = NOTES) -> list[NoteView]:
    """Service records, newest first; rewritten ones only in their last wording. Unsealed: ask with cause."""
    whose, values = columns.among("n.customer_id", records)
    when = f"{columns.instant('n.occurred_at')}, {columns.instant('n.written_at')}"
    told = f"SELECT c.key, n.id, n.template, n.sealed, n.author_id, n.warned, {when}"
    held = "FROM customers_note n JOIN customers_customer c ON c.id = n.customer_id"
    last = "c.key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers_note later WHERE later.replaces_id = n.id)"
    rows = columns.read(
        f"{told} {held} WHERE {whose} AND {last} AND n.id < %s ORDER BY n.id DESC LIMIT {limit:d}",
        [*values, before or _NEWEST],
    )
    return [_note(*row) for row in rows]


def _note(
    key: bytes, pk: int, template: str, sealed: str, author: int | None, warned: Any, occurred_at: Any, written_at: Any
) -> NoteView:
    answers = json.loads(vault.unseal(bytes(key), sealed))
    flags = json.loads(warned) if isinstance(warned, str) else warned
    then, written = columns.moment(occurred_at), columns.moment(written_at)
    return NoteView(pk, template, answers, author, then, written, tuple(flags))


def _wearers(records: Sequence[int], facts: list[FactView]) -> list[WearerView]:
    whose, values = columns.among("w.customer_id", records)
    told = "SELECT c.key, w.id, w.relation, w.sealed_name"
    held = "FROM customers_wearer w JOIN customers_customer c ON c.id = w.customer_id"
    rows = columns.read(f"{told} {held} WHERE {whose} AND c.key IS NOT NULL ORDER BY w.id", values)
    return [
        WearerView(
            pk,
            relation,
            str(_RELATIONS.get(relation, relation)),
            vault.unseal(bytes(key), sealed) if sealed else "",
            tuple(fact for fact in facts if fact.wearer_id == pk),
        )
        for key, pk, relation, sealed in rows
    ]


def _links(records: list[int]) -> list[Link]:
    if len(records) < 2:
        return []
    return list(Link.objects.filter(a__in=records, revoked_at=None).select_related("a", "b").order_by("pk"))


def _suspects(records: Sequence[int]) -> int:
    """Open questions about the person, counted no further than nine."""
    (a, one), (b, other) = columns.among("a_id", records), columns.among("b_id", records)
    statement = f"SELECT 1 FROM customers_duplicate WHERE state = %s AND ({a} OR {b}) LIMIT 9"  # noqa: S608
    return len(columns.read(statement, [Duplicate.State.OPEN.value, *one, *other]))


def _erasure(records: Sequence[int]) -> Erasure | None:
    whose, values = columns.among("customer_id", records)
    waiting = fetch(Erasure, f"{whose} AND cancelled_at IS NULL AND done_at IS NULL", values)
    return next(iter(waiting), None)


def wearer_choices(viewer: Viewer, customer_id: int) -> list[tuple[int, str]]:
    """Wearers to choose from in a form."""
    require(viewer, READERS)
    records = list(Customer.objects.filter(person__records=customer_id).values_list("pk", flat=True))
    return [(wearer.id, wearer.name or wearer.relation_name) for wearer in _wearers(records, [])]
