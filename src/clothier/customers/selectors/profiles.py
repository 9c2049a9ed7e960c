"""The profile page: one prepared row and a few short lists, whatever the length of the history."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from clothier.customers import sealing
from clothier.customers.contracts import FactView
from clothier.customers.fields import LIKES, NEEDS, SIZES
from clothier.customers.models import (
    AccessRecord,
    ConsentState,
    Customer,
    Duplicate,
    Erasure,
    Link,
    Note,
    Profile,
    Tagging,
    Wearer,
)
from clothier.customers.reading import note_read
from clothier.customers.selectors.cards import current_tags
from clothier.customers.selectors.doors import READERS, require
from clothier.customers.selectors.known import current_facts
from clothier.customers.selectors.people import IdentifierView, identifiers_of
from clothier.kernel.access import Viewer

NOTES = 5


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
    tags: tuple[Tagging, ...]
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
    row = Profile.objects.select_related("customer__store").filter(customer__records=customer_id, live=True).first()
    if row is None:
        return None
    note_read(viewer, row.pk, what=AccessRecord.What.PROFILE, purpose=purpose)
    records = list(Customer.objects.filter(person=row.pk).order_by("pk").values_list("pk", flat=True))
    facts = current_facts(records, groups=(SIZES, LIKES, NEEDS))
    return Whole(
        profile=row,
        records=tuple(records),
        identifiers=tuple(identifiers_of([row.pk]).get(row.pk, [])),
        facts=tuple(fact for fact in facts if fact.wearer_id is None),
        wearers=tuple(_wearers(records, facts)),
        tags=tuple(current_tags(records)),
        consents=tuple(ConsentState.objects.filter(person=row.pk).order_by("purpose", "data_class", "channel")),
        notes=tuple(notes(records, limit=NOTES)),
        links=tuple(_links(records)),
        suspects=_suspects(records),
        erasure=Erasure.objects.filter(customer__in=records, cancelled_at=None, done_at=None).first(),
    )


def notes(records: Sequence[int], *, before: int | None = None, limit: int = NOTES) -> list[NoteView]:
    """Service records, newest first; rewritten ones only in their last wording. Unsealed: ask with cause."""
    rows = Note.objects.filter(customer__in=records, replaced_by=None).select_related("customer").order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=before)
    return [_note(row) for row in rows[:limit] if row.customer.key is not None]


def _note(row: Note) -> NoteView:
    answers = json.loads(sealing.unseal(row.customer, row.sealed))
    return NoteView(row.pk, row.template, answers, row.author_id, row.occurred_at, row.written_at, tuple(row.warned))


def _wearers(records: list[int], facts: list[FactView]) -> list[WearerView]:
    rows = Wearer.objects.filter(customer__in=records).select_related("customer").order_by("pk")
    return [
        WearerView(
            row.pk,
            row.relation,
            row.get_relation_display(),
            sealing.unseal(row.customer, row.sealed_name) if row.sealed_name else "",
            tuple(fact for fact in facts if fact.wearer_id == row.pk),
        )
        for row in rows
    ]


def _links(records: list[int]) -> list[Link]:
    if len(records) < 2:
        return []
    return list(Link.objects.filter(a__in=records, revoked_at=None).select_related("a", "b").order_by("pk"))


def _suspects(records: list[int]) -> int:
    pairs = Duplicate.objects.filter(Q(a__in=records) | Q(b__in=records), state=Duplicate.State.OPEN)
    return len(pairs.values_list("pk", flat=True)[:9])


def wearer_choices(viewer: Viewer, customer_id: int) -> list[tuple[int, str]]:
    """Wearers to choose from in a form."""
    require(viewer, READERS)
    records = list(Customer.objects.filter(person__records=customer_id).values_list("pk", flat=True))
    return [(wearer.id, wearer.name or wearer.relation_name) for wearer in _wearers(records, [])]
