"""Money agrees: what a payment says came in and went back is what its attempts and refunds add up to, once each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet, Sum

from clothier.kernel.stretches import Look, every
from clothier.payments.contracts import AttemptState, PaymentState, RefundState
from clothier.payments.models import Attempt, Payment, RefundPart


@dataclass(frozen=True, slots=True)
class Difference:
    """A payment, and what of it is not the sum of its parts: captured, refunded, state, attempt or surplus."""

    payment_id: int
    column: str


def payment_differences(look: Look = every) -> Iterator[Difference]:
    """Every difference in the stretches looked at."""
    for low, high in look(Payment.objects.aggregate(top=Max("pk"))["top"] or 0):
        yield from _differences(low, high)


def _differences(low: int, high: int) -> Iterator[Difference]:
    attempts = Attempt.objects.filter(payment_id__gte=low, payment_id__lt=high)
    captured = Q(state=AttemptState.CAPTURED)
    sums = {
        pk: (came, back)
        for pk, came, back in attempts.values_list("payment_id").annotate(
            came=Sum("captured_fen", filter=captured, default=0), back=Sum("refunded_fen", filter=captured, default=0)
        )
    }
    rows = Payment.objects.filter(pk__gte=low, pk__lt=high).order_by("pk")
    for pk, amount, came, back, state in rows.values_list("pk", "amount_fen", "captured_fen", "refunded_fen", "state"):
        if (came, back) != sums.get(pk, (0, 0)):
            yield Difference(pk, "captured" if came != sums.get(pk, (0, 0))[0] else "refunded")
        if (state == PaymentState.PAID) != (came == amount) and state != PaymentState.CANCELLED:
            yield Difference(pk, "state")
    yield from _parts(attempts)


def _parts(attempts: QuerySet[Attempt]) -> Iterator[Difference]:
    """Each attempt's refunds are its parts that did not fail; money that came twice is on its way back whole."""
    parts = RefundPart.objects.filter(attempt__in=attempts).exclude(state=RefundState.FAILED)
    asked = dict(parts.values_list("attempt_id").annotate(Sum("amount_fen")))
    refused = RefundPart.objects.filter(attempt__in=attempts, state=RefundState.FAILED)
    failed = set(refused.values_list("attempt_id", flat=True))
    touched = attempts.filter(Q(refunded_fen__gt=0) | Q(state=AttemptState.SURPLUS))
    for pk, payment, state, came, back in touched.values_list(
        "pk", "payment_id", "state", "captured_fen", "refunded_fen"
    ):
        if back != asked.get(pk, 0):
            yield Difference(payment, "attempt")
        elif state == AttemptState.SURPLUS and back != came and pk not in failed:
            yield Difference(payment, "surplus")
