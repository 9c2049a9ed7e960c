"""Where a person is reached by the house itself: read for one message, on the record."""

from django.db.models import F

from clothier.customers import sealing
from clothier.customers.models import AccessRecord, Identifier
from clothier.customers.reading import note_read
from clothier.customers.rules.identifiers import Kind
from clothier.customers.selectors.people import records_of
from clothier.kernel.access import SYSTEM


def phone_of(customer_id: int, *, purpose: str) -> str:
    """The person's phone number in full, a proven one before what was only told; "" where there is none."""
    held = Identifier.objects.filter(customer__in=records_of(customer_id), kind=Kind.PHONE, customer__key__isnull=False)
    found = held.select_related("customer").order_by(F("verified_at").desc(nulls_last=True), "-pk").first()
    if found is None:
        return ""
    note_read(SYSTEM, found.customer_id, what=AccessRecord.What.UNMASK, purpose=purpose)
    return sealing.unseal(found.customer, found.sealed)
