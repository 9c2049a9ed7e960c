"""Lots and entries agree: a lot holds what its entries add up to, and every entry is of its lot's owner."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Max, Sum

from clothier.kernel.stretches import Look, every
from clothier.loyalty.models import Entry, Lot


@dataclass(frozen=True, slots=True)
class Difference:
    """A lot, and what of it is not what its entries say: remaining or customer_id."""

    lot_id: int
    column: str


def points_differences(look: Look = every) -> Iterator[Difference]:
    """Every difference in the stretches looked at. A balance is the sum of a person's lots and is stored nowhere."""
    for low, high in look(Lot.objects.aggregate(top=Max("pk"))["top"] or 0):
        entries = Entry.objects.filter(lot_id__gte=low, lot_id__lt=high).order_by()
        sums = dict(entries.values_list("lot_id").annotate(Sum("points")))
        strange = set(entries.exclude(customer_id=F("lot__customer_id")).values_list("lot_id", flat=True))
        for pk, remaining in Lot.objects.filter(pk__gte=low, pk__lt=high).order_by("pk").values_list("pk", "remaining"):
            if remaining != sums.get(pk, 0):
                yield Difference(pk, "remaining")
            if pk in strange:
                yield Difference(pk, "customer_id")
