"""Receipts on paper: counted, so that nobody returns the same goods twice with two of them."""

from django.db import transaction
from django.db.models import Max

from clothier.checkout.events import ReceiptPrinted
from clothier.checkout.models import Order, ReceiptCopy
from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.refs import Ref


def _copy(entry: Happening) -> ReceiptCopy:
    return ReceiptCopy.objects.get(order=entry.subject_id, number=entry.payload["copy_number"])


@once(_copy, ReceiptPrinted)
@transaction.atomic
def print_receipt(*, order: int, actor: int | None, gift: bool = False, key: str | None = None) -> ReceiptCopy:
    """Count a printing; the copy with its number."""
    row = Order.objects.select_for_update().get(pk=order)
    last = ReceiptCopy.objects.filter(order=row).aggregate(n=Max("number"))["n"] or 0
    made = ReceiptCopy.objects.create(order=row, number=last + 1, gift=gift, at=clock.now(), actor_id=actor)
    record(
        ReceiptPrinted(order_id=order, copy_number=made.number, gift=gift),
        subject=Ref("order", order),
        customer=row.customer_id,
        store=row.store_id,
        actor=actor,
        key=key,
    )
    return made
