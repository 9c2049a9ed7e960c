"""Consent given and withdrawn, and the state that follows."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.customers.events import ConsentGiven, ConsentWithdrawn
from clothier.customers.models import Channel, Consent, ConsentState, Customer, DataClass, Purpose
from clothier.customers.rules.consents import Word, standing
from clothier.customers.services.people import living, records_of
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref


def give_consent(
    *,
    customer_id: int,
    purpose: str,
    channel: str,
    data_class: str = DataClass.CONTACT,
    notice_version: str,
    proof: str,
    actor: int | None = None,
    occurred_at: datetime | None = None,
) -> int:
    """Write down a yes, said for the whole person; the consent's id. Refused without notice and proof.

    `proof` says how we know: a signature's number, "miniprogram:checkbox", a recording's reference.
    """
    if not (notice_version and proof):
        raise Refused(_("请写明告知书版本和同意凭证。"), field="proof")
    with transaction.atomic():
        customer = living(customer_id)
        everybody = records_of(_person(customer))
        said = _say(customer_id, True, (purpose, channel, data_class), everybody, actor=actor, at=occurred_at,
                    notice_version=notice_version, proof=proof)  # fmt: skip
        project(_person(customer), everybody)
    return said.pk


def withdraw_consent(
    *,
    customer_id: int,
    purpose: str,
    channel: str,
    data_class: str = DataClass.CONTACT,
    proof: str = "",
    actor: int | None = None,
    occurred_at: datetime | None = None,
) -> int:
    """Write down a no; it needs neither form nor proof. The consent's id.

    It is said on every record of the person, so that it still holds should they turn out to be two people.
    """
    with transaction.atomic():
        customer = living(customer_id)
        everybody = records_of(_person(customer))
        key = (purpose, channel, data_class)
        mine = _say(customer_id, False, key, [customer_id], actor=actor, at=occurred_at, notice_version="", proof=proof)
        for other in everybody:
            if other != customer_id:
                _say(other, False, key, [other], actor=actor, at=occurred_at, notice_version="", proof=proof)
        project(_person(customer), everybody)
    return mine.pk


def withdraw_all(*, customer_id: int, actor: int | None = None, proof: str = "") -> int:
    """Withdraw everything a person agreed to; how many consents that were."""
    with transaction.atomic():
        person = _person(living(customer_id))
        given = list(ConsentState.objects.filter(person_id=person, granted=True))
        for state in given:
            withdraw_consent(
                customer_id=customer_id,
                purpose=state.purpose,
                channel=state.channel,
                data_class=state.data_class,
                actor=actor,
                proof=proof,
            )
    return len(given)


def project(person_id: int, records: Collection[int]) -> None:
    """Work the person's current state out anew from every word of its records."""
    ConsentState.objects.filter(person_id__in=records).delete()
    ConsentState.objects.bulk_create(
        ConsentState(
            person_id=person_id,
            purpose=word.key[0],
            channel=word.key[1],
            data_class=word.key[2],
            granted=word.granted,
            since=word.said_at,
            consent_id=word.id,
        )
        for word in standing(_words(records)).values()
    )


def _words(records: Collection[int]) -> list[Word]:
    return [
        Word(
            row.pk,
            row.customer_id,
            (row.purpose, row.channel, row.data_class),
            row.granted,
            row.said_at,
            frozenset(row.said_for),
        )
        for row in Consent.objects.filter(customer__in=records)
    ]


def _say(
    customer_id: int,
    granted: bool,
    key: tuple[str, str, str],
    said_for: list[int],
    *,
    actor: int | None,
    at: datetime | None,
    notice_version: str,
    proof: str,
) -> Consent:
    purpose, channel, data_class = key
    if not (purpose in Purpose and channel in Channel and data_class in DataClass):
        raise Refused(_("没有这种目的、渠道或数据类别。"))
    said = Consent.objects.create(
        customer_id=customer_id,
        purpose=purpose,
        channel=channel,
        data_class=data_class,
        granted=granted,
        notice_version=notice_version,
        proof=proof,
        said_for=said_for,
        said_at=at or clock.now(),
        actor_id=actor,
    )
    kind = ConsentGiven if granted else ConsentWithdrawn
    record(
        kind(consent_id=said.pk, purpose=purpose, channel=channel, data_class=data_class),
        subject=Ref("customer", customer_id),
        customer=customer_id,
        actor=actor,
        occurred_at=at,
    )
    return said


def _person(customer: Customer) -> int:
    return customer.person_id or customer.pk
