"""The coupons' books: what a template says it issued is there, and its budget bore what its coupons took off."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Q, Sum

from clothier.kernel.stretches import Look, every
from clothier.rewards.contracts import CouponState
from clothier.rewards.models import Coupon, CouponStep, Template

STATES = (
    CouponState.OPEN,
    CouponState.RESERVED,
    CouponState.REDEEMED,
    CouponState.EXPIRED,
    CouponState.WITHDRAWN,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A template or coupon (`kind`), and what of it is not what its source says."""

    kind: str
    id: int
    column: str


def coupon_differences(look: Look = every) -> Iterator[Difference]:
    """issued = open + reserved + redeemed + expired + withdrawn; off_fen = what they hold or took off, those used twice
    while offline twice; a coupon's sum and document are there exactly while it is in a cart or used.
    """
    for low, high in look(Template.objects.aggregate(top=Max("pk"))["top"] or 0):
        yield from _templates(low, high)
    for low, high in look(Coupon.objects.aggregate(top=Max("pk"))["top"] or 0):
        yield from _coupons(low, high)


def _templates(low: int, high: int) -> Iterator[Difference]:
    rows = Coupon.objects.filter(template_id__gte=low, template_id__lt=high).order_by()
    states = Count("pk", filter=Q(state__in=STATES))
    counted = {pk: rest for pk, *rest in rows.values_list("template_id").annotate(n=states, fen=Sum("off_fen"))}
    twice = CouponStep.objects.filter(kind=CouponStep.Kind.TWICE, coupon__template_id__gte=low)
    again = dict(twice.filter(coupon__template_id__lt=high).values_list("coupon__template_id").annotate(Sum("off_fen")))
    for template in Template.objects.filter(pk__gte=low, pk__lt=high):
        issued, fen = counted.get(template.pk, [0, 0])
        if template.issued != issued:
            yield Difference("template", template.pk, "issued")
        if template.off_fen != fen + again.get(template.pk, 0):
            yield Difference("template", template.pk, "off_fen")


def _coupons(low: int, high: int) -> Iterator[Difference]:
    taken = Q(state__in=(CouponState.RESERVED, CouponState.REDEEMED))
    wrong = (taken & Q(document="")) | (~taken & (~Q(document="") | ~Q(off_fen=0)))
    rows = Coupon.objects.filter(wrong, pk__gte=low, pk__lt=high)
    for pk in rows.values_list("pk", flat=True):
        yield Difference("coupon", pk, "document")
