"""A new record: somebody became known to the shop."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.customers.contracts import NewIdentifier
from clothier.customers.events import CustomerRegistered
from clothier.customers.models import Customer, Profile, Source
from clothier.customers.rules import names
from clothier.customers.rules.identifiers import Malformed, normal
from clothier.customers.rules.layers import Standing, place
from clothier.customers.services import identity
from clothier.customers.standing import ladder
from clothier.eventlog.selectors import first_told
from clothier.eventlog.services import AlreadyRecorded, record
from clothier.kernel import clock, vault
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

KEY_COLUMNS = names.NameKeys._fields


def register(
    *,
    name: str = "",
    identifiers: Iterable[NewIdentifier] = (),
    source: str = Source.STORE,
    title: str = "",
    external_id: str | None = None,
    store: int | None = None,
    actor: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> int:
    """The id of the new record, or of the one already registered under this external id or idempotency key.

    A verified phone, unionid or member number that is known joins the record to its person at once; the record's id
    stays valid either way. Refused on a malformed identifier.
    """
    if known := _known(source, external_id, key):
        return known
    wanted = [_normal(item) for item in identifiers]
    try:
        with transaction.atomic():
            customer = create(
                name=name, source=source, title=title, external_id=external_id, store=store, at=occurred_at
            )
            attached = [identity.attach(customer, item, source=source) for item in wanted]
            record(
                CustomerRegistered(customer_id=customer.pk, source=source),
                subject=Ref("customer", customer.pk),
                customer=customer.pk,
                store=store,
                actor=actor,
                occurred_at=occurred_at,
                key=key,
            )
            for identifier in attached:
                identity.resolve(identifier)
    except (AlreadyRecorded, IntegrityError):
        # Told again while the first telling was still being written, as by a till that lost patience.
        if known := _known(source, external_id, key):
            return known
        raise
    return customer.pk


def create(
    *, name: str, source: str, title: str = "", external_id: str | None = None, store: int | None, at: datetime | None
) -> Customer:
    """The bare record with its key, its search keys and its profile; no event."""
    customer = unsaved(name=name, source=source, title=title, external_id=external_id, store=store, at=at)
    customer.save(force_insert=True)
    customer.person_id = customer.pk
    customer.save(update_fields=["person"])
    first_profile(customer, layer=first_layer()).save(force_insert=True)
    return customer


def unsaved(
    *, name: str, source: str, title: str = "", external_id: str | None = None, store: int | None, at: datetime | None
) -> Customer:
    customer = Customer(
        name=name.strip(),
        title=title,
        source=source,
        external_id=external_id,
        store_id=store,
        registered_at=at or clock.now(),
        key=vault.new_key(),
    )
    put_keys(customer)
    return customer


def put_keys(customer: Customer) -> None:
    """Fill the search columns from the name."""
    found = names.keys(customer.name)
    for column in KEY_COLUMNS:
        setattr(customer, column, getattr(found, column))


def first_layer() -> str:
    """Where somebody without a purchase stands; time alone does not change that."""
    return place(Standing(0, None, None, 0, 0, 0, None), ladder(), clock.now()).layer


def first_profile(customer: Customer, *, layer: str) -> Profile:
    return Profile(
        customer=customer,
        layer=layer,
        layer_since=customer.registered_at,
        registered_at=customer.registered_at,
        store_id=customer.store_id,
    )


def _known(source: str, external_id: str | None, key: str | None) -> int | None:
    if key and (entry := first_told(key, CustomerRegistered)):
        return entry.subject_id
    if external_id is None:
        return None
    return Customer.objects.filter(source=source, external_id=external_id).values_list("pk", flat=True).first()


def _normal(item: NewIdentifier) -> NewIdentifier:
    try:
        return NewIdentifier(item.kind, normal(item.kind, item.value), item.verified)
    except Malformed:
        raise Refused(_("这不是有效的号码或账号，请检查后再填。"), field=item.kind) from None
