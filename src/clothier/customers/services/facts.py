"""Facts about a customer: noted with where they come from, taken back without being lost."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.customers import sealing
from clothier.customers.events import FactRecorded, FactRestored, FactWithdrawn
from clothier.customers.fields import FIELDS, Field
from clothier.customers.models import ConsentState, Customer, DataClass, Fact, Source, Wearer
from clothier.customers.services.people import living
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})")


def note_fact(
    *,
    customer_id: int,
    field: str,
    value: str,
    qualifier: str = "",
    wearer: int | None = None,
    source: str = Source.STORE,
    source_ref: str = "",
    confidence: int = 80,
    occurred_at: datetime | None = None,
    expires_at: datetime | None = None,
    actor: int | None = None,
) -> int:
    """Note what a source says; the fact's id. Said again by the same source it is counted, not listed twice.

    Body measurements and dates go to the vault; a child's need the consent for minors. Refused otherwise.
    """
    spec = FIELDS.get(field)
    if spec is None:
        raise Refused(_("没有这种资料。"), field="field")
    with transaction.atomic():
        customer = living(customer_id)
        said = Fact(
            customer=customer,
            wearer=_wearer(customer, wearer, spec),
            field=field,
            qualifier=qualifier.strip()[:40],
            source=source,
            source_ref=source_ref,
            confidence=max(0, min(confidence, 100)),
            occurred_at=occurred_at or clock.now(),
            expires_at=expires_at,
            recorded_by=actor,
        )
        return _write(said, spec, cleaned(spec, value), actor=actor)


def withdraw_fact(*, fact_id: int, actor: int | None = None) -> int:
    """It is not so (any more): the fact stops counting. `restore_fact` brings it back. The record it is about."""
    return _switch(fact_id, withdrawn=True, actor=actor)


def restore_fact(*, fact_id: int, actor: int | None = None) -> int:
    """Take a withdrawal back; the id of the record the fact is about."""
    return _switch(fact_id, withdrawn=False, actor=actor)


def correct_fact(*, customer_id: int, fact_id: int, value: str, actor: int | None = None) -> int:
    """The customer says how it really is: the old fact is withdrawn and the new one beats every other source.

    Refused when the fact is none of this person's.
    """
    with transaction.atomic():
        person = living(customer_id).person_id
        old = Fact.objects.filter(pk=fact_id, customer__person_id=person).first()
        if old is None:
            raise Refused(_("没有这条资料。"))
        new = note_fact(
            customer_id=old.customer_id,
            field=old.field,
            value=value,
            qualifier=old.qualifier,
            wearer=old.wearer_id,
            source=Source.CUSTOMER,
            source_ref=f"fact:{old.pk}",
            confidence=100,
            actor=actor,
        )
        if new != old.pk:
            withdraw_fact(fact_id=old.pk, actor=actor)
    return new


def _write(said: Fact, spec: Field, value: str, *, actor: int | None) -> int:
    said.digest = sealing.digest(said.field, said.qualifier, said.wearer_id or "", value)
    known = (
        Fact.objects.select_for_update().filter(customer=said.customer, digest=said.digest, source=said.source).first()
    )
    if known:
        _again(known, said)
        return known.pk
    if spec.vault:
        said.sealed = sealing.seal(said.customer, value)
    else:
        said.value = value
    said.save(force_insert=True)
    if said.field == "birthday" and said.wearer_id is None:
        Customer.objects.filter(pk=said.customer_id).update(birth_key=sealing.birth_hash(value[-5:]))
    _tell(FactRecorded(fact_id=said.pk, field=said.field, source=said.source), said, actor)
    return said.pk


def _again(known: Fact, said: Fact) -> None:
    if known.source_ref and known.source_ref == said.source_ref:
        return  # The same document told twice.
    newer = said.occurred_at >= known.occurred_at
    Fact.objects.filter(pk=known.pk).update(
        times=F("times") + 1,
        confidence=max(known.confidence, said.confidence),
        occurred_at=max(known.occurred_at, said.occurred_at),
        source_ref=said.source_ref if newer else known.source_ref,
        expires_at=said.expires_at if newer else known.expires_at,
        withdrawn_at=None,
    )


def _switch(fact_id: int, *, withdrawn: bool, actor: int | None) -> int:
    with transaction.atomic():
        changed = Fact.objects.filter(pk=fact_id, withdrawn_at__isnull=withdrawn).update(
            withdrawn_at=clock.now() if withdrawn else None, withdrawn_by=actor if withdrawn else None
        )
        fact = Fact.objects.filter(pk=fact_id).first()
        if fact is None:
            raise Refused(_("没有这条资料。"))
        if changed:
            kind = FactWithdrawn if withdrawn else FactRestored
            _tell(kind(fact_id=fact_id, field=fact.field), fact, actor)
    return fact.customer_id


def _tell(event: Any, fact: Fact, actor: int | None) -> None:
    record(event, subject=Ref("customer", fact.customer_id), customer=fact.customer_id, actor=actor)


def cleaned(spec: Field, value: str) -> str:
    """The value in one way of writing. Refused when it is none."""
    text = value.strip()
    if not text or len(text) > 80:
        raise Refused(_("请填写内容，最多 80 个字。"), field="value")
    if spec.key in ("birthday", "date"):
        return _day(text)
    return text


def _day(text: str) -> str:
    found = _DAY.fullmatch(text.replace("/", "-").replace(".", "-"))
    if not found:
        raise Refused(_("请写成 1990-05-03 或 05-03。"), field="value")
    year, month, day = found.groups()
    try:
        datetime(int(year or 2000), int(month), int(day))  # noqa: DTZ001 - only asks whether there is such a day
    except ValueError:
        raise Refused(_("没有这一天。"), field="value") from None
    return f"{year + '-' if year else ''}{int(month):02d}-{int(day):02d}"


def _wearer(customer: Customer, wearer: int | None, spec: Field) -> Wearer | None:
    if wearer is None:
        return None
    found = Wearer.objects.filter(pk=wearer, customer__person_id=customer.person_id).first()
    if found is None:
        raise Refused(_("没有这位穿着人。"), field="wearer")
    if spec.vault and found.relation == Wearer.Relation.CHILD and not minors_allowed(customer):
        raise Refused(_("孩子的身材和生日需要监护人另外同意，请先登记未成年人资料的同意。"), field="wearer")
    return found


def minors_allowed(customer: Customer) -> bool:
    states = ConsentState.objects.filter(person_id=customer.person_id, data_class=DataClass.MINORS)
    return states.exists() and not states.filter(granted=False).exists()
