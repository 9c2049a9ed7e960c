"""Facts and consents in bulk: the same rows and events as one by one, many to a statement."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Count, F

from clothier.customers import sealing
from clothier.customers.contracts import NewConsent, NewFact
from clothier.customers.events import ConsentGiven, FactRecorded
from clothier.customers.fields import FIELDS
from clothier.customers.models import Consent, ConsentState, Customer, Fact
from clothier.customers.services.consents import give_consent
from clothier.customers.services.facts import cleaned, note_fact
from clothier.eventlog.services import Note, record_all
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.kernel.rows import insert

BATCH = 2_000
T = TypeVar("T")


def note_facts(rows: Iterable[NewFact], *, batch: int = BATCH) -> int:
    """Note many facts of living customers; how many were new. What a source said before is counted again.

    Raises Refused for a value that its field does not take; the batch it stands in is then not noted.
    """
    return sum(_note(chunk) for chunk in _chunks(rows, batch))


def give_consents(rows: Iterable[NewConsent], *, batch: int = BATCH) -> int:
    """Write down many a yes; how many. Each is said for the whole person, as `give_consent` does."""
    return sum(_consent(chunk) for chunk in _chunks(rows, batch))


@transaction.atomic
def _note(chunk: list[NewFact]) -> int:
    people = Customer.objects.filter(erased_at=None).in_bulk({row.customer_id for row in chunk})
    known = set(Fact.objects.filter(customer__in=people).values_list("customer_id", "digest", "source"))
    fresh: dict[tuple[int, str, str], Fact] = {}
    for row in chunk:
        if row.customer_id not in people:
            continue
        fact = _built(people[row.customer_id], row)
        identity = (fact.customer_id, fact.digest, fact.source)
        if identity in known:
            _singly(row)  # Said before: counted, not written again.
        else:
            fresh.setdefault(identity, fact)
    insert(list(fresh.values()))
    Customer.objects.bulk_update(_birthdays(fresh.values()), ["birth_key"], batch_size=500)
    record_all(_fact_noted(fact) for fact in fresh.values())
    return len(fresh)


def _singly(row: NewFact) -> None:
    note_fact(
        customer_id=row.customer_id,
        field=row.field,
        value=row.value,
        qualifier=row.qualifier,
        source=row.source,
        source_ref=row.source_ref,
        confidence=row.confidence,
        occurred_at=row.occurred_at,
    )


def _built(customer: Customer, row: NewFact) -> Fact:
    spec = FIELDS[row.field]
    value = cleaned(spec, row.value)
    if row.field == "birthday":
        customer.birth_key = sealing.birth_hash(value[-5:])
    return Fact(
        customer=customer,
        field=row.field,
        qualifier=row.qualifier[:40],
        value="" if spec.vault else value,
        sealed=sealing.seal(customer, value) if spec.vault else "",
        digest=sealing.digest(row.field, row.qualifier[:40], "", value),
        source=row.source,
        source_ref=row.source_ref,
        confidence=row.confidence,
        occurred_at=row.occurred_at or clock.now(),
    )


def _birthdays(facts: Iterable[Fact]) -> list[Customer]:
    return list({fact.customer_id: fact.customer for fact in facts if fact.field == "birthday"}.values())


def _fact_noted(fact: Fact) -> Note:
    event = FactRecorded(fact_id=fact.pk, field=fact.field, source=fact.source)
    return Note(event, Ref("customer", fact.customer_id), customer=fact.customer_id, occurred_at=fact.occurred_at)


@transaction.atomic
def _consent(chunk: list[NewConsent]) -> int:
    simple = _never_asked({row.customer_id for row in chunk})
    said = [_word(row) for row in chunk if row.customer_id in simple]
    insert(said)
    record_all(_consent_given(word) for word in said)
    # The same yes twice in one file is one state.
    insert(
        list({(word.customer_id, word.purpose, word.channel, word.data_class): _state(word) for word in said}.values())
    )
    others = [row for row in chunk if row.customer_id not in simple]
    for row in others:
        give_consent(
            customer_id=row.customer_id,
            purpose=row.purpose,
            channel=row.channel,
            data_class=row.data_class,
            notice_version=row.notice_version,
            proof=row.proof,
            occurred_at=row.said_at,
        )
    return len(chunk)


def _never_asked(customers: set[int]) -> set[int]:
    """Living customers of one record who have never said anything: for them no projection is needed."""
    one_record = Customer.objects.filter(pk__in=customers, erased_at=None, person_id=F("pk"))
    alone = one_record.annotate(n=Count("records")).filter(n=1).values_list("pk", flat=True)
    return set(alone) - set(Consent.objects.filter(customer__in=customers).values_list("customer_id", flat=True))


def _word(row: NewConsent) -> Consent:
    return Consent(
        customer_id=row.customer_id,
        purpose=row.purpose,
        channel=row.channel,
        data_class=row.data_class,
        granted=True,
        notice_version=row.notice_version,
        proof=row.proof,
        said_for=[row.customer_id],
        said_at=row.said_at,
    )


def _state(word: Consent) -> ConsentState:
    return ConsentState(
        person_id=word.customer_id,
        purpose=word.purpose,
        channel=word.channel,
        data_class=word.data_class,
        granted=True,
        since=word.said_at,
        consent=word,
    )


def _consent_given(word: Consent) -> Note:
    event = ConsentGiven(consent_id=word.pk, purpose=word.purpose, channel=word.channel, data_class=word.data_class)
    return Note(event, Ref("customer", word.customer_id), customer=word.customer_id, occurred_at=word.said_at)


def _chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk
