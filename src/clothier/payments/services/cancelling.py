"""A payment is given up before it was paid: what is open is called off, what came in goes back."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.payments.contracts import LIVE, AttemptState, PaymentState
from clothier.payments.events import PaymentCancelled
from clothier.payments.models import Attempt, Payment
from clothier.payments.services.attempting import give_up
from clothier.payments.services.giving_back import ask_back
from clothier.payments.services.rows import locked, of, tell


def cancel(*, payment: int, actor: int | None) -> Payment:
    """Cancel an open payment, outside of any transaction; a cancelled one stays so.

    An attempt that turns out to have succeeded meanwhile goes back with the rest. Raises Refused when it is paid in
    full: then it is a refund.
    """
    for open_ in Attempt.objects.filter(payment_id=payment, state__in=LIVE, given_up_at=None):
        give_up(attempt=open_.pk)
    return close(payment=payment, actor=actor)


@transaction.atomic
def close(*, payment: int, actor: int | None) -> Payment:
    row = locked(payment)
    if row.state == PaymentState.CANCELLED:
        return row
    if row.state == PaymentState.PAID:
        raise Refused(_("已经付清，只能退款，不能取消。"))
    row.state, row.closed_at = PaymentState.CANCELLED, clock.now()
    row.save(update_fields=["state", "closed_at"])
    tell(row, PaymentCancelled(payment_id=row.pk, of=of(row), amount_fen=row.amount_fen), actor=actor)
    shares = [
        (each, each.captured_fen - each.refunded_fen)
        for each in Attempt.objects.filter(payment=row, state=AttemptState.CAPTURED).order_by("pk")
    ]
    if left := [(each, fen) for each, fen in shares if fen]:
        ask_back(row, left, key="cancelled", reason="cancelled", actor=actor, automatic=True)
    return row
