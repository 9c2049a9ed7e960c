"""Who the people of a history are, how they are reached, and what they agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from django.db import transaction

from clothier.customers import sealing
from clothier.customers.contracts import PastConsents, PastPeople
from clothier.customers.events import ConsentGiven, CustomerRegistered
from clothier.customers.models import Consent, ConsentState, Customer, Source
from clothier.customers.rules.identifiers import Kind, normal
from clothier.customers.services.records import insert_identifiers, insert_records
from clothier.eventlog.contracts import History
from clothier.eventlog.history import record_history
from clothier.kernel import clock
from clothier.kernel.columns import Columns, Every, Ints, claim, insert
from clothier.kernel.vault import FreshKey, fresh_keys

_birth_hash = cache(sealing.birth_hash)


@dataclass(frozen=True, slots=True)
class People:
    """Registered people: their ids in order, their keys while these are open, where and when they joined."""

    ids: range
    keys: Sequence[FreshKey]
    stores: Ints
    registered: Ints

    def id_of(self, places: "Ints | Sequence[int]") -> Ints:
        """The ids of people given by their places."""
        return np.asarray(places, dtype=np.int64) + self.ids.start


@transaction.atomic
def load_people(told: PastPeople, *, source: str = Source.IMPORT) -> People:
    """Register people, each a person of their own, with a verified phone and member number. Raises Malformed."""
    ids = claim(Customer, len(told.names))
    people = People(ids, fresh_keys(len(ids)), told.stores, told.registered)
    _load_records(told, people, source)
    _load_identifiers(Kind.PHONE, told.phones, people, source)
    _load_identifiers(Kind.MEMBER, told.members, people, source)
    payloads = [f'{{"customer_id": {pk}, "source": "{source}"}}' for pk in ids]
    record_history(History(CustomerRegistered, "customer", ids, ids, told.stores, told.registered, payloads))
    return people


@transaction.atomic
def load_consents(told: PastConsents, people: People) -> None:
    """Write down every yes, and where that leaves people who had never been asked."""
    ids = claim(Consent, len(told.proofs))
    customers = people.id_of(told.people)
    about: Columns = {
        "purpose": told.purposes,
        "channel": told.channels,
        "data_class": told.data_classes,
        "granted": Every(True),
    }
    said: Columns = {
        "id": ids,
        "customer_id": customers,
        "notice_version": Every(told.notice_version),
        "proof": told.proofs,
        "said_for": [f"[{pk}]" for pk in customers.tolist()],
        "said_at": told.moments,
    }
    insert(Consent, {**about, **said}, count=len(ids))
    stands: Columns = {"person_id": customers, "since": told.moments, "consent_id": ids}
    insert(ConsentState, {**about, **stands}, count=len(ids))
    payloads = [
        f'{{"consent_id": {pk}, "purpose": "{purpose}", "channel": "{channel}", "data_class": "{data_class}"}}'
        for pk, purpose, channel, data_class in zip(ids, told.purposes, told.channels, told.data_classes, strict=True)
    ]
    record_history(History(ConsentGiven, "customer", customers, customers, Every(None), told.moments, payloads))


def _load_records(told: PastPeople, people: People, source: str) -> None:
    records: Columns = {
        "title": told.titles,
        "external_id": told.external_ids,
        "store_id": told.stores,
        "registered_at": told.registered,
        "birth_key": [day and _birth_hash(day[-5:]) for day in told.birthdays],
    }
    insert_records(people.ids, told.names, people.keys, source, records)


def _load_identifiers(kind: Kind, values: Sequence[str], people: People, source: str) -> None:
    written, now = [normal(kind, value) for value in values], clock.now()
    insert_identifiers(
        kind, written, customers=people.ids, keys=people.keys, verified=Every(now), source=source, now=now
    )
