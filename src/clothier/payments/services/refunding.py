"""Refunds: to the methods the money came by, in proportion to what is left of each, to the fen and never more."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.payments.contracts import Answer, AttemptState, Cause, Method, RefundState, Said
from clothier.payments.events import RefundDone, RefundFailed
from clothier.payments.models import Attempt, Discrepancy, Payment, Refund, RefundPart
from clothier.payments.rules import parts
from clothier.payments.services.giving_back import ask_back
from clothier.payments.services.rows import contradict, house, keep, locked, of, tell


@transaction.atomic
def refund(
    *,
    payment: int,
    amount_fen: int,
    key: str,
    actor: int | None,
    till: int | None = None,
    reason: str = "",
    allowance: bool = False,
) -> Refund:
    """Give so many fen of a payment back. Cash is handed over now; providers are asked after the commit.

    `allowance`: the customer keeps the goods, so it is no return.

    Repeated with the same key it gives nothing again. Raises Refused when more is asked for than was captured and is
    not refunded yet, or when it is too late by the house rules.
    """
    row = locked(payment)
    if known := Refund.objects.filter(payment_id=payment, key=key).first():
        if known.amount_fen != amount_fen:
            raise Refused(_("这个编号已用于另一笔退款。"), field="key")
        return known
    captured = list(Attempt.objects.filter(payment=row, state=AttemptState.CAPTURED).order_by("pk"))
    _guard(row, amount_fen)
    left = [each.captured_fen - each.refunded_fen for each in captured]
    shares = [(each, fen) for each, fen in zip(captured, parts(amount_fen, left), strict=True) if fen]
    made = ask_back(row, shares, key=key, reason=reason, actor=actor, allowance=allowance)
    for part in made.parts.select_related("attempt"):
        if part.attempt.method == Method.CASH:
            end_part(row, part, RefundState.DONE, by=actor, till=till)
    return made


def _guard(payment: Payment, amount_fen: int) -> None:
    if not 0 < amount_fen <= payment.captured_fen - payment.refunded_fen:
        raise Refused(_("退款金额超过了还可以退的金额。"), field="amount_fen")
    days = house().refund_days
    if payment.closed_at and clock.now() - payment.closed_at > timedelta(days=days):
        raise Refused(_("已超过 %(days)s 天，不能原路退回。") % {"days": days})


@transaction.atomic
def take_part(part_id: int, answer: Answer) -> RefundPart:
    """Believe a verified answer about a part of a refund, in any order and any number of times."""
    known = RefundPart.objects.values_list("refund__payment_id", "attempt_id").get(pk=part_id)
    payment = locked(known[0])
    keep(answer.exchanges, attempt=known[1], part=part_id)
    part = RefundPart.objects.select_related("refund", "attempt").get(pk=part_id)
    if answer.provider_number and not part.provider_number:
        part.provider_number = answer.provider_number
        part.save(update_fields=["provider_number"])
    if answer.said is Said.CAPTURED:
        _given(payment, part, answer)
    elif answer.said in (Said.FAILED, Said.CANCELLED):
        _refused(payment, part, answer)
    elif part.state == RefundState.REQUESTED:
        _wait(payment, part, answer)
    return part


def _given(payment: Payment, part: RefundPart, answer: Answer) -> None:
    if answer.fen not in (None, part.amount_fen):
        contradict(Discrepancy.Kind.AMOUNT, attempt=part.attempt, answer=answer, payment=payment, part=part)
    if part.state == RefundState.FAILED:
        contradict(Discrepancy.Kind.REFUND, attempt=part.attempt, answer=answer, payment=payment, part=part)
        # The provider's word wins while it fits; where the money has gone back another way, a person decides.
        if not reserve(payment, part, 1):
            return
    if part.state != RefundState.DONE:
        end_part(payment, part, RefundState.DONE)


def _refused(payment: Payment, part: RefundPart, answer: Answer) -> None:
    if part.state == RefundState.DONE:
        contradict(Discrepancy.Kind.REFUND, attempt=part.attempt, answer=answer, payment=payment, part=part)
    elif part.state == RefundState.REQUESTED:
        reserve(payment, part, -1)
        end_part(payment, part, RefundState.FAILED, cause=answer.cause or Cause.DECLINED)


def _wait(payment: Payment, part: RefundPart, answer: Answer) -> None:
    waiting, now = house().waiting, clock.now()
    part.ask_at = now + timedelta(seconds=waiting.pause(part.asked))
    if now - part.requested_at > timedelta(seconds=waiting.ask_until):
        contradict(Discrepancy.Kind.SILENT, attempt=part.attempt, answer=answer, payment=payment, part=part)
    part.asked += 1
    part.save(update_fields=["ask_at", "asked"])


def reserve(payment: Payment, part: RefundPart, sign: int) -> bool:
    """Count a part among what was asked back (1), or no more (-1); False when it no longer fits under the cap."""
    fen = sign * part.amount_fen
    room = Attempt.objects.filter(pk=part.attempt_id, captured_fen__gte=F("refunded_fen") + fen)
    if not room.update(refunded_fen=F("refunded_fen") + fen):
        return False
    if part.attempt.state == AttemptState.CAPTURED:
        Payment.objects.filter(pk=payment.pk).update(refunded_fen=F("refunded_fen") + fen)
    return True


def end_part(
    payment: Payment,
    part: RefundPart,
    state: RefundState,
    *,
    cause: Cause = Cause.NONE,
    by: int | None = None,
    till: int | None = None,
) -> None:
    """A part is over; with the last one the refund is."""
    part.state, part.cause, part.ended_at, part.ended_by, part.ask_at, part.till_id = (
        state,
        cause,
        clock.now(),
        by,
        None,
        till,
    )
    part.save(update_fields=["state", "cause", "ended_at", "ended_by", "ask_at", "till_id"])
    refund = part.refund
    if state == RefundState.FAILED:
        tell(payment, RefundFailed(
            payment_id=payment.pk, refund_id=refund.pk, of=of(payment), method=part.attempt.method,
            fen=part.amount_fen, cause=cause,
        ))  # fmt: skip
    states = set(refund.parts.values_list("state", flat=True))
    if RefundState.REQUESTED in states:
        return
    refund.state = RefundState.FAILED if RefundState.FAILED in states else RefundState.DONE
    refund.ended_at = clock.now()
    refund.save(update_fields=["state", "ended_at"])
    if refund.state == RefundState.DONE:
        tell(payment, RefundDone(
            payment_id=payment.pk, refund_id=refund.pk, of=of(payment), fen=refund.amount_fen,
            automatic=refund.automatic,
        ))  # fmt: skip
