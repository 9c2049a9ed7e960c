"""Money that goes back: rows of a refund and its parts. What the provider does with them is asked after the commit."""

from collections.abc import Sequence

from django.db.models import F

from clothier.kernel import clock
from clothier.payments.contracts import AttemptState, RefundState
from clothier.payments.events import RefundRequested
from clothier.payments.models import Attempt, Payment, Refund, RefundPart
from clothier.payments.services.rows import fresh_number, of, tell


def give_back(payment: Payment, attempt: Attempt, *, reason: str) -> Refund:
    """Give back all that an attempt took, by itself: it came twice, or for a payment that was given up.

    Inside the transaction that found it out, so that no surplus is ever without its refund.
    """
    left = attempt.captured_fen - attempt.refunded_fen
    return ask_back(payment, [(attempt, left)], key=f"auto:{attempt.pk}", reason=reason, actor=None, automatic=True)


def ask_back(
    payment: Payment,
    shares: Sequence[tuple[Attempt, int]],
    *,
    key: str,
    reason: str,
    actor: int | None,
    automatic: bool = False,
    allowance: bool = False,
) -> Refund:
    """Write a refund down, part by part, each capped by what its attempt has left. The payment is locked already."""
    amount, now = sum(fen for _attempt, fen in shares), clock.now()
    refund = Refund.objects.create(
        payment=payment,
        key=key,
        amount_fen=amount,
        automatic=automatic,
        allowance=allowance,
        reason=reason,
        actor_id=actor,
        requested_at=now,
    )
    for attempt, fen in shares:
        _part(refund, attempt, fen)
    # Surplus money is none of the payment's: only what it captured can be refunded of it.
    counted = sum(fen for attempt, fen in shares if attempt.state == AttemptState.CAPTURED)
    Payment.objects.filter(pk=payment.pk).update(refunded_fen=F("refunded_fen") + counted)
    tell(
        payment,
        RefundRequested(payment_id=payment.pk, refund_id=refund.pk, of=of(payment), fen=amount, automatic=automatic),
        actor=actor,
    )
    return refund


def _part(refund: Refund, attempt: Attempt, fen: int) -> None:
    left = Attempt.objects.filter(pk=attempt.pk, captured_fen__gte=F("refunded_fen") + fen)
    if not left.update(refunded_fen=F("refunded_fen") + fen):
        raise AssertionError("more was asked back of an attempt than it has left, under the payment's lock")
    RefundPart.objects.create(
        refund=refund,
        attempt=attempt,
        number=fresh_number(),
        amount_fen=fen,
        state=RefundState.REQUESTED,
        requested_at=refund.requested_at,
        # By hand it goes when a person gives it; everything else is asked for as soon as this is committed.
        ask_at=refund.requested_at if attempt.provider else None,
    )
