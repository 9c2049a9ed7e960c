"""Identifiers, and what they prove: a link at once, or a question for somebody to answer."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.customers import sealing
from clothier.customers.contracts import NewIdentifier
from clothier.customers.events import IdentifierLinked, IdentifierRemoved
from clothier.customers.models import Customer, Duplicate, Identifier, Link, Source
from clothier.customers.rules.components import LARGEST
from clothier.customers.rules.identifiers import PROVING, Kind, Malformed, normal, tail
from clothier.customers.services import links, review
from clothier.customers.services.people import living
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref


def link_identifier(
    *,
    customer_id: int,
    kind: Kind,
    value: str,
    verified: bool = False,
    source: str = Source.STORE,
    actor: int | None = None,
) -> int:
    """Give a record an identifier, or verify the one it has; the identifier's id. Refused when malformed."""
    try:
        item = NewIdentifier(kind, normal(kind, value), verified)
    except Malformed:
        raise Refused(_("这不是有效的号码或账号，请检查后再填。"), field="value") from None
    with transaction.atomic():
        customer = living(customer_id)
        if known := _held(customer, item):
            if known.verified_at or not verified:
                return known.pk
            known.verified_at = clock.now()
            known.save(update_fields=["verified_at"])
            identifier = known
        else:
            identifier = attach(customer, item, source=source)
        _tell(identifier, actor=actor)
        resolve(identifier)
    return identifier.pk


def remove_identifier(*, identifier_id: int, actor: int | None = None) -> None:
    """Take a wrong identifier off its record. Links it proved stay until somebody revokes them: they are evidence."""
    with transaction.atomic():
        identifier = Identifier.objects.select_related("customer").filter(pk=identifier_id).first()
        if identifier is None:
            return
        record(
            IdentifierRemoved(customer_id=identifier.customer_id, identifier_id=identifier.pk, kind=identifier.kind),
            subject=Ref("customer", identifier.customer_id),
            customer=identifier.customer_id,
            actor=actor,
        )
        identifier.delete()


def attach(customer: Customer, item: NewIdentifier, *, source: str) -> Identifier:
    """Write a normal identifier on a record, without event or consequence."""
    built = built_identifier(customer, item, source=source)
    built.save(force_insert=True)
    return built


def built_identifier(customer: Customer, item: NewIdentifier, *, source: str) -> Identifier:
    now = clock.now()
    digits = tail(item.kind, item.value)
    return Identifier(
        customer=customer,
        kind=item.kind,
        hash=sealing.identifier_hash(item.kind, item.value),
        tail=sealing.tail_hash(digits) if digits else None,
        sealed=sealing.seal(customer, item.value),
        verified_at=now if item.verified else None,
        source=source,
        added_at=now,
    )


def resolve(identifier: Identifier) -> None:
    """Compare an identifier with everybody else's: link what is proven, put the rest up for review."""
    if identifier.kind == Kind.PLATE:
        return  # A family shares a car; a plate says who arrived, not who somebody is.
    for other in _others(identifier):
        proven = identifier.kind in PROVING and identifier.verified_at and other.verified_at
        _settle(identifier, other, proven=bool(proven))


def _settle(identifier: Identifier, other: Identifier, *, proven: bool) -> None:
    a, b = identifier.customer_id, other.customer_id
    evidence = {"kind": identifier.kind, "identifiers": sorted([identifier.pk, other.pk])}
    if links.revoked_before(a, b):
        return  # Somebody looked and said no; the same evidence does not overrule a person.
    if proven and not _at_odds(a, b):
        if links.link(a=a, b=b, rule=Link.Rule.VERIFIED, evidence=evidence) is None:
            review.suggest(a=a, b=b, origin=Duplicate.Origin.CLUSTER, score=0.5, evidence=evidence)
    elif proven:
        review.suggest(a=a, b=b, origin=Duplicate.Origin.CONFLICT, score=0.7, evidence=evidence)
    else:
        review.suggest(a=a, b=b, origin=Duplicate.Origin.SHARED, score=0.5, evidence=evidence)


def _others(identifier: Identifier) -> list[Identifier]:
    """The same identifier on other people. A number on very many records is a placeholder and proves nothing."""
    person = Customer.objects.values_list("person_id", flat=True).get(pk=identifier.customer_id)
    same = Identifier.objects.filter(hash=identifier.hash, kind=identifier.kind, customer__erased_at=None)
    others = list(same.exclude(customer__person_id=person).order_by("pk")[: LARGEST + 1])
    return others if len(others) <= LARGEST else []


def _at_odds(a: int, b: int) -> bool:
    """Both people hold a verified identifier of one kind and none in common: two members, not one."""
    theirs = [_proof(record) for record in (a, b)]
    return any(theirs[0][kind].isdisjoint(theirs[1][kind]) for kind in theirs[0].keys() & theirs[1].keys())


def _proof(customer_id: int) -> dict[str, set[str]]:
    person = Customer.objects.values_list("person_id", flat=True).get(pk=customer_id)
    held: dict[str, set[str]] = {}
    rows = Identifier.objects.filter(customer__person_id=person, verified_at__isnull=False, kind__in=list(PROVING))
    for kind, hashed in rows.values_list("kind", "hash"):
        held.setdefault(kind, set()).add(hashed)
    return held


def _held(customer: Customer, item: NewIdentifier) -> Identifier | None:
    hashed = sealing.identifier_hash(item.kind, item.value)
    return Identifier.objects.filter(customer=customer, kind=item.kind, hash=hashed).first()


def _tell(identifier: Identifier, *, actor: int | None) -> None:
    record(
        IdentifierLinked(
            customer_id=identifier.customer_id,
            identifier_id=identifier.pk,
            kind=identifier.kind,
            verified=identifier.verified_at is not None,
        ),
        subject=Ref("customer", identifier.customer_id),
        customer=identifier.customer_id,
        actor=actor,
    )
