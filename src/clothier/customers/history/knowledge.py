"""What is known of the people of a history: facts, for whom they buy, tags and service records."""

import json
from collections.abc import Sequence
from functools import cache

from django.db import transaction

from clothier.customers import sealing
from clothier.customers.contracts import PastFacts, PastNotes
from clothier.customers.events import FactRecorded, NoteWritten, TagAdded, WearerAdded
from clothier.customers.fields import FIELDS
from clothier.customers.history.people import People
from clothier.customers.models import Fact, Note, Tagging, Wearer
from clothier.eventlog.contracts import History
from clothier.eventlog.history import record_history
from clothier.kernel.columns import Columns, Every, Ints, claim, insert

_VAULT = frozenset(field.key for field in FIELDS.values() if field.vault)
_digest = cache(sealing.digest)


@transaction.atomic
def load_facts(told: PastFacts, people: People) -> None:
    """Note facts that no source has told before, each once. Values are taken as written: `note_fact` cleans them."""
    ids = claim(Fact, len(told.values))
    customers = people.id_of(told.people)
    wearers = told.wearers if told.wearers is not None else [None] * len(ids)
    rows = list(zip(told.people, told.fields, told.values, told.qualifiers, wearers, strict=True))
    columns: Columns = {
        "id": ids,
        "customer_id": customers,
        "wearer_id": wearers,
        "field": told.fields,
        "qualifier": told.qualifiers,
        "value": ["" if field in _VAULT else value for _who, field, value, *_rest in rows],
        "sealed": [people.keys[who].seal(value) if field in _VAULT else "" for who, field, value, *_rest in rows],
        "digest": [_digest(field, about, wearer or "", value) for _who, field, value, about, wearer in rows],
        "source": told.sources,
        "confidence": told.confidence,
        "occurred_at": told.moments,
        "recorded_by": told.actors if told.actors is not None else Every(None),
    }
    insert(Fact, columns, count=len(ids))
    payloads = [
        f'{{"fact_id": {pk}, "field": "{field}", "source": "{source}"}}'
        for pk, field, source in zip(ids, told.fields, told.sources, strict=True)
    ]
    record_history(
        History(FactRecorded, "customer", customers, customers, Every(None), told.moments, payloads, told.actors)
    )


@transaction.atomic
def load_wearers(
    *, places: Sequence[int], relations: Sequence[str], names: Sequence[str], moments: Ints, people: People
) -> range:
    """Whom people buy for; the wearers' ids. A child's name needs the guardian's consent: whoever tells it has it."""
    ids = claim(Wearer, len(relations))
    customers = people.id_of(places)
    columns: Columns = {
        "id": ids,
        "customer_id": customers,
        "relation": relations,
        "sealed_name": [people.keys[who].seal(name) if name else "" for who, name in zip(places, names, strict=True)],
        "added_at": moments,
    }
    insert(Wearer, columns, count=len(ids))
    payloads = [f'{{"wearer_id": {pk}, "relation": "{relation}"}}' for pk, relation in zip(ids, relations, strict=True)]
    record_history(History(WearerAdded, "customer", customers, customers, Every(None), moments, payloads))
    return ids


@transaction.atomic
def load_taggings(
    *, places: Ints, tags: Sequence[int], actors: Sequence[int | None], moments: Ints, people: People
) -> None:
    """Tags that colleagues put on by hand, each once on a person."""
    customers = people.id_of(places)
    origin = Tagging.Origin.MANUAL.value
    columns: Columns = {
        "customer_id": customers,
        "tag_id": tags,
        "origin": Every(origin),
        "actor_id": actors,
        "added_at": moments,
    }
    insert(Tagging, columns, count=len(tags))
    payloads = [f'{{"tag_id": {tag}, "origin": "{origin}"}}' for tag in tags]
    record_history(History(TagAdded, "customer", customers, customers, Every(None), moments, payloads, actors))


@transaction.atomic
def load_notes(told: PastNotes, people: People) -> None:
    """Service records as `write_note` keeps them; the guard's words are the teller's business."""
    ids = claim(Note, len(told.visits))
    customers = people.id_of(told.people)
    columns: Columns = {
        "id": ids,
        "customer_id": customers,
        "template": Every(told.template),
        "sealed": [
            people.keys[who].seal(json.dumps(answers, ensure_ascii=False))
            for who, answers in zip(told.people, told.answers, strict=True)
        ],
        "visit_id": told.visits,
        "store_id": told.stores,
        "author_id": told.authors,
        "occurred_at": told.moments,
        "written_at": told.moments,
        "warned": Every("[]"),
    }
    insert(Note, columns, count=len(ids))
    payloads = [
        f'{{"note_id": {pk}, "template": "{told.template}", "visit_id": {visit}}}'
        for pk, visit in zip(ids, told.visits, strict=True)
    ]
    record_history(History(NoteWritten, "note", ids, customers, told.stores, told.moments, payloads, told.authors))
