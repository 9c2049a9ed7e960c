"""What a customer may demand: their data in hand, put right, or gone."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.customers.events import Corrected, CustomerErased, ErasureCancelled, ErasureRequested, Exported
from clothier.customers.models import Customer, Duplicate, Erasure, Fact, Identifier, Note, Profile, Tagging, Wearer
from clothier.customers.services import figures
from clothier.customers.services.consents import withdraw_all
from clothier.customers.services.people import living, locked, records_of
from clothier.customers.services.registration import KEY_COLUMNS, put_keys
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

GRACE = timedelta(days=3)


def correct(*, customer_id: int, name: str | None = None, title: str | None = None, actor: int | None = None) -> None:
    """Put a name or form of address right. Nothing happens when it is right already."""
    with transaction.atomic():
        customer = living(customer_id)
        changed = [
            field
            for field, value in (("name", name), ("title", title))
            if value is not None and getattr(customer, field) != value.strip()
        ]
        if name is not None and not name.strip():
            raise Refused(_("请填写姓名。"), field="name")
        if not changed:
            return
        customer.name, customer.title = (name or customer.name).strip(), customer.title if title is None else title
        put_keys(customer)
        customer.save(update_fields=["name", "title", *KEY_COLUMNS])
        record(
            Corrected(customer_id=customer_id, fields=changed),
            subject=Ref("customer", customer_id),
            customer=customer_id,
            actor=actor,
        )


def request_erasure(*, customer_id: int, reason: str, actor: int | None = None) -> int:
    """Stop using a person's data now and delete it after three days of grace; the erasure's id.

    Every consent is withdrawn at once. Asked twice it is one request.
    """
    if not reason.strip():
        raise Refused(_("请写明原因，例如“顾客本人到店要求”。"), field="reason")
    with transaction.atomic():
        person = living(customer_id).person_id or customer_id
        if waiting := _waiting(person):
            return waiting.pk
        now = clock.now()
        erasure = Erasure.objects.create(
            customer_id=person,
            reason=reason.strip()[:120],
            requested_at=now,
            requested_by=actor,
            due_at=now + GRACE,
        )
        withdraw_all(customer_id=person, actor=actor, proof=f"erasure:{erasure.pk}")
        record(ErasureRequested(erasure_id=erasure.pk), subject=Ref("customer", person), customer=person, actor=actor)
    return erasure.pk


def cancel_erasure(*, erasure_id: int, actor: int | None = None) -> int:
    """Call an erasure off while it waits; the person's id.

    Withdrawn consents stay withdrawn: only the customer can give them again.
    """
    with transaction.atomic():
        changed = Erasure.objects.filter(pk=erasure_id, cancelled_at=None, done_at=None).update(
            cancelled_at=clock.now()
        )
        if not changed:
            raise Refused(_("已经删除，不能恢复。"))
        person = Erasure.objects.values_list("customer_id", flat=True).get(pk=erasure_id)
        record(ErasureCancelled(erasure_id=erasure_id), subject=Ref("customer", person), customer=person, actor=actor)
    return person


def note_export(*, customer_id: int, actor: int | None = None) -> None:
    """A person's data were handed out: part of their history."""
    with transaction.atomic():
        record(
            Exported(customer_id=customer_id),
            subject=Ref("customer", customer_id),
            customer=customer_id,
            actor=actor,
        )


def run_due_erasures(*, limit: int = 50) -> int:
    """Carry out the erasures whose grace is over; how many."""
    due = Erasure.objects.filter(due_at__lte=clock.now(), cancelled_at=None, done_at=None).order_by("due_at")
    people = list(due.values_list("customer_id", flat=True)[:limit])
    for person in people:
        erase(customer_id=person)
    return len(people)


def erase(*, customer_id: int, actor: int | None = None) -> None:
    """Forget a person for good: keys dropped, names blanked, everything told deleted; a tombstone with ids stays.

    The event log and the figures of orders stay, for they hold no personal data. Doing it twice changes nothing.
    """
    with transaction.atomic():
        person = Customer.objects.filter(pk=customer_id).values_list("person_id", flat=True).first()
        if person is None:
            raise Refused(_("没有这位顾客。"))
        records = records_of(person)
        if all(row.erased_at for row in locked(records).values()):
            return
        forget(records)
        Erasure.objects.filter(customer__in=records, cancelled_at=None, done_at=None).update(done_at=clock.now())
        record(
            CustomerErased(customer_id=person, record_ids=records),
            subject=Ref("customer", person),
            customer=person,
            actor=actor,
        )


def forget(records: list[int]) -> None:
    """Drop the keys of records, blank their names, delete everything told about them; a tombstone stays."""
    for model in (Identifier, Fact, Wearer, Note, Tagging):
        model._default_manager.filter(customer__in=records).delete()
    Duplicate.objects.filter(a__in=records).delete()
    Duplicate.objects.filter(b__in=records).delete()
    Customer.objects.filter(pk__in=records).update(
        name="",
        title="",
        key=None,
        external_id=None,
        birth_key=None,
        erased_at=clock.now(),
        **dict.fromkeys(KEY_COLUMNS),
    )
    Profile.objects.filter(pk__in=records).update(
        live=False, next_layer_change_at=None, **dict.fromkeys(figures.PREDICTED)
    )


def _waiting(person: int) -> Erasure | None:
    return Erasure.objects.filter(customer_id=person, cancelled_at=None, done_at=None).first()
