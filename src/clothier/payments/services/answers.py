"""A provider's word becomes ours: every answer and notification, in any order and any number of times, ends here.

Money is captured where it fits into what is still open; what does not fit is given back by itself. The payment's row is
locked first, so of two successes at once one is the payment's and the other is surplus, whoever comes first.
"""

from datetime import timedelta

from django.db import transaction

from clothier.kernel import clock
from clothier.kernel.rows import change, update
from clothier.payments.contracts import LIVE, TOOK, Answer, AttemptState, Cause, PaymentState, Said
from clothier.payments.events import PaymentCaptured, PaymentFailed
from clothier.payments.models import Attempt, Discrepancy, Payment
from clothier.payments.services.giving_back import give_back
from clothier.payments.services.rows import contradict, house, keep, kept_by_provider, locked, of, tell

_ENDS = {Said.FAILED: AttemptState.FAILED, Said.CANCELLED: AttemptState.CANCELLED}


@transaction.atomic
def take(attempt_id: int, answer: Answer) -> Attempt:
    """Believe a verified answer about an attempt; evidence is kept whatever it says."""
    payment = locked(Attempt.objects.values_list("payment_id", flat=True).get(pk=attempt_id))
    return believe(payment, Attempt.objects.get(pk=attempt_id), answer)


def believe(payment: Payment, attempt: Attempt, answer: Answer) -> Attempt:
    """As `take`, for whoever has locked the payment and looked at the attempt since."""
    attempt.payment = payment
    keep(answer.exchanges, attempt=attempt.pk)
    if answer.said is Said.CAPTURED:
        _money(payment, attempt, answer)
    elif attempt.state == AttemptState.CAPTURED and answer.said in (Said.FAILED, Said.CANCELLED):
        contradict(Discrepancy.Kind.TAKEN_BACK, attempt=attempt, answer=answer, payment=payment)
    elif attempt.live:
        _no_money(payment, attempt, answer)
    return attempt


def _money(payment: Payment, attempt: Attempt, answer: Answer) -> None:
    if attempt.state in TOOK:
        if answer.provider_number and answer.provider_number != attempt.provider_number:
            contradict(Discrepancy.Kind.NUMBER, attempt=attempt, answer=answer, payment=payment)
        return
    if attempt.state not in LIVE:
        contradict(Discrepancy.Kind.AFTER_END, attempt=attempt, answer=answer, payment=payment)
    if answer.currency != payment.currency:
        # Not our money: nobody here can say what it is worth, so a person does.
        contradict(Discrepancy.Kind.CURRENCY, attempt=attempt, answer=answer, payment=payment)
        Attempt.objects.filter(pk=attempt.pk).update(ask_at=None)
        return
    if _used_elsewhere(attempt, answer):
        contradict(Discrepancy.Kind.NUMBER, attempt=attempt, answer=answer, payment=payment)
        return
    fen = attempt.amount_fen if answer.fen is None else answer.fen
    if fen != attempt.amount_fen:
        contradict(Discrepancy.Kind.AMOUNT, attempt=attempt, answer=answer, payment=payment)
    fits = (
        fen == attempt.amount_fen
        and payment.state == PaymentState.OPEN
        and payment.captured_fen + fen <= payment.amount_fen
    )
    _enter(attempt, answer, fen, AttemptState.CAPTURED if fits else AttemptState.SURPLUS)
    if fits:
        tell(payment, counted(payment, attempt), actor=attempt.actor_id)
    elif fen:
        give_back(payment, attempt, reason="surplus")


def _used_elsewhere(attempt: Attempt, answer: Answer) -> bool:
    """One trade of the provider is one attempt of ours: told under a second number it is not counted twice."""
    if not answer.provider_number:
        return False
    same = Attempt.objects.filter(provider=attempt.provider, provider_number=answer.provider_number)
    return same.exclude(pk=attempt.pk).exists()


def _enter(attempt: Attempt, answer: Answer, fen: int, state: AttemptState) -> None:
    attempt.state, attempt.cause, attempt.captured_fen = state, Cause.NONE, fen
    attempt.provider_number = answer.provider_number or attempt.provider_number
    attempt.fee_fen = kept_by_provider(attempt)
    attempt.ended_at, attempt.ask_at, attempt.show = clock.now(), None, ""
    update([attempt], ["state", "cause", "captured_fen", "provider_number", "fee_fen", "ended_at", "ask_at", "show"])


def counted(payment: Payment, attempt: Attempt) -> PaymentCaptured:
    """The money is the payment's, and this is to be told. The condition says again what the lock holds: it is captured
    once.
    """
    fen = attempt.captured_fen
    payment.captured_fen += fen
    paid = payment.captured_fen == payment.amount_fen
    if paid:
        payment.state, payment.closed_at = PaymentState.PAID, clock.now()
    now = {"captured_fen": payment.captured_fen, "state": str(payment.state), "closed_at": payment.closed_at}
    open_ = [payment.pk, PaymentState.OPEN.value, payment.captured_fen - fen]
    if not change(Payment, now, "id = %s AND state = %s AND captured_fen = %s", open_):
        raise AssertionError("the payment changed under its lock")
    return PaymentCaptured(
        payment_id=payment.pk,
        attempt_id=attempt.pk,
        of=of(payment),
        method=attempt.method,
        fen=fen,
        paid=paid,
    )


def _no_money(payment: Payment, attempt: Attempt, answer: Answer) -> None:
    if answer.said is Said.WAITING:
        attempt.state, attempt.show = AttemptState.WAITING, answer.show or attempt.show
        attempt.provider_number = answer.provider_number or attempt.provider_number
        _ask_again(attempt)
    elif answer.said in (Said.UNKNOWN, Said.ABSENT):
        _ask_again(attempt, silent=answer, payment=payment)
    else:
        _end(payment, attempt, answer)


def _end(payment: Payment, attempt: Attempt, answer: Answer) -> None:
    attempt.state = _ENDS[answer.said]
    attempt.cause = answer.cause or Cause.TILL_CANCELLED
    attempt.ended_at, attempt.ask_at, attempt.show = clock.now(), None, ""
    attempt.save(update_fields=["state", "cause", "ended_at", "ask_at", "show"])
    tell(
        payment,
        PaymentFailed(
            payment_id=payment.pk,
            attempt_id=attempt.pk,
            method=attempt.method,
            fen=attempt.amount_fen,
            cause=attempt.cause,
        ),
        actor=attempt.actor_id,
    )


def _ask_again(attempt: Attempt, *, silent: Answer | None = None, payment: Payment | None = None) -> None:
    """Ask after the next pause. What stays in the dark too long becomes a discrepancy, and is asked no more."""
    now, waiting = clock.now(), house().waiting
    if now - attempt.started_at > timedelta(seconds=waiting.ask_until) and silent and payment:
        attempt.ask_at = None
        contradict(Discrepancy.Kind.SILENT, attempt=attempt, answer=silent, payment=payment)
    else:
        attempt.ask_at = now + timedelta(seconds=waiting.pause(attempt.asked))
    attempt.asked += 1
    attempt.save(update_fields=["state", "show", "provider_number", "ask_at", "asked"])
