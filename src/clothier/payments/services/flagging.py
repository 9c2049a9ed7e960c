"""Risk rules: what struck is flagged for a person to look at. Nothing is held up, nobody is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.timezone import localtime

from clothier.kernel import clock
from clothier.payments.contracts import Method, RefundState
from clothier.payments.events import PaymentFlagged
from clothier.payments.models import Attempt, Flag, Payment, Refund, RefundPart
from clothier.payments.services.rows import house, tell
from clothier.standards.contracts import Risk

Figures = tuple[int, int]


@transaction.atomic
def weigh(*, payment: int, actor: int | None = None) -> list[Flag]:
    """Hold a payment against every risk rule; the flags that are new. Safe to repeat."""
    row = Payment.objects.get(pk=payment)
    raised = []
    for rule in house().risk:
        whom = {"customer": row.customer_id, "till": row.till_id, "actor": actor, "payment": row.pk}[rule.per]
        if whom is None:
            continue
        times, fen = _FIGURES[rule.kind](rule, whom, row)
        if (rule.times and times >= rule.times) or (rule.fen and fen >= rule.fen):
            raised += _raise(rule, whom, row, (times, fen), actor)
    return raised


def _raise(rule: Risk, whom: int, payment: Payment, figures: Figures, actor: int | None) -> list[Flag]:
    now = clock.now()
    flag, fresh = Flag.objects.get_or_create(
        key=f"{rule.key}:{rule.per}:{whom}:{localtime(now):%Y%m%d}",
        defaults={
            "rule": rule.key,
            "payment": payment,
            "store_id": payment.store_id,
            "customer_id": payment.customer_id if rule.per in ("customer", "payment") else None,
            "actor_id": actor if rule.per == "actor" else None,
            "times": figures[0],
            "fen": figures[1],
            "raised_at": now,
        },
    )
    if not fresh:
        return []
    tell(payment, PaymentFlagged(payment_id=payment.pk, flag_id=flag.pk, rule=rule.key))
    return [flag]


def _since(rule: Risk) -> datetime:
    return clock.now() - timedelta(seconds=rule.within)


def _velocity(rule: Risk, whom: int, _payment: Payment) -> Figures:
    """Attempts that one customer or one till made lately; at the till only those that failed count."""
    tries = Attempt.objects.filter(started_at__gte=_since(rule))
    at_till = tries.filter(payment__till_id=whom).exclude(cause="")
    mine = tries.filter(payment__customer_id=whom) if rule.per == "customer" else at_till
    return _added(mine.aggregate(times=Count("pk"), fen=Sum("amount_fen")))


def _refunds(rule: Risk, whom: int, _payment: Payment) -> Figures:
    """Refunds that people asked for lately; those of the house itself do not count."""
    asked = Refund.objects.filter(requested_at__gte=_since(rule), automatic=False)
    mine = asked.filter(actor_id=whom) if rule.per == "actor" else asked.filter(payment__customer_id=whom)
    return _added(mine.aggregate(times=Count("pk"), fen=Sum("amount_fen")))


def _cash_refunds(rule: Risk, whom: int, _payment: Payment) -> Figures:
    given = RefundPart.objects.filter(
        ended_at__gte=_since(rule), state=RefundState.DONE, attempt__method=Method.CASH, refund__automatic=False
    )
    mine = given.filter(ended_by=whom) if rule.per == "actor" else given.filter(refund__payment__customer_id=whom)
    return _added(mine.aggregate(times=Count("pk"), fen=Sum("amount_fen")))


def _amount(_rule: Risk, _whom: int, payment: Payment) -> Figures:
    return 1, payment.amount_fen


def _added(sums: dict[str, int | None]) -> Figures:
    return sums["times"] or 0, sums["fen"] or 0


_FIGURES: dict[str, Callable[[Risk, int, Payment], Figures]] = {
    "velocity": _velocity,
    "refunds": _refunds,
    "cash_refunds": _cash_refunds,
    "amount": _amount,
}
