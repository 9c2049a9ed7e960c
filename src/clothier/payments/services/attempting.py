"""Asking for money outside: written down and committed first, so that whatever dies, we know what we may have asked.

    1. commit the attempt (started, with the time of the first question)
    2. ask the provider
    3. commit what it answered

A crash between leaves an attempt that is asked about until its fate is known; nothing is charged again meanwhile.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.payments.contracts import LIVE, Answer, AttemptState, Cause, Method, PaymentState, Said, method_of_code
from clothier.payments.events import PaymentAttempted
from clothier.payments.models import Attempt, Payment
from clothier.payments.providers.registry import provider_name, provider_of
from clothier.payments.selectors import offer, say_offer
from clothier.payments.services.answers import take
from clothier.payments.services.asking import inquire
from clothier.payments.services.rows import charge_of, fresh_number, house, locked, tell


def attempt(
    *,
    payment: int,
    method: Method,
    key: str,
    amount_fen: int | None = None,
    code: str = "",
    months: int = 0,
    actor: int | None = None,
) -> Attempt:
    """Ask for the outstanding amount, or part of it, by a method of a provider. Call it outside of any transaction.

    Repeated with the same key it charges nothing again: it asks how the first one went. An attempt that is still open
    is asked about first, and called off when the customer has not paid it; if it turns out to be paid, that one is
    returned. Raises Refused when the method cannot be used, or nothing is outstanding.
    """
    known = Attempt.objects.filter(payment_id=payment, key=key).first()
    if known:
        return inquire(attempt=known.pk) if known.live else known
    _guard_code(method, code)
    for earlier in Attempt.objects.filter(payment_id=payment, state__in=LIVE, given_up_at=None):
        if give_up(attempt=earlier.pk).state == AttemptState.CAPTURED and _is_paid(payment):
            return Attempt.objects.get(pk=earlier.pk)
    begun, fresh = begin(
        payment=payment, method=method, key=key, amount_fen=amount_fen, months=months, actor=actor, scanned=bool(code)
    )
    if not fresh:
        return inquire(attempt=begun.pk) if begun.live else begun
    if not begun.provider:
        return begun
    return take(begun.pk, provider_of(begun.provider).pay(charge_of(begun, code=code)))


def _guard_code(method: Method, code: str) -> None:
    if code and method in (Method.WECHAT, Method.ALIPAY) and method_of_code(code) is not method:
        raise Refused(_("这不是这种支付方式的付款码，请让顾客打开付款码再扫。"), field="code")


def _is_paid(payment: int) -> bool:
    return Payment.objects.filter(pk=payment, state=PaymentState.PAID).exists()


@transaction.atomic(durable=True)
def begin(
    *, payment: int, method: Method, key: str, amount_fen: int | None, months: int, actor: int | None, scanned: bool
) -> tuple[Attempt, bool]:
    """Write the attempt down; False with the first one when the key was used meanwhile."""
    row = locked(payment)
    if known := Attempt.objects.filter(payment_id=payment, key=key).first():
        return known, False
    fen = guard(row, method, amount_fen, months)
    now, waiting = clock.now(), house().waiting
    hand = method is Method.TRANSFER
    made = Attempt.objects.create(
        payment=row,
        store_id=row.store_id,
        key=key,
        method=method,
        provider="" if hand else provider_name(method),
        number=fresh_number(),
        amount_fen=fen,
        months=months,
        scanned=scanned,
        actor_id=actor,
        started_at=now,
        state=AttemptState.WAITING if hand else AttemptState.STARTED,
        # Not before the provider's own time is up: until then whoever began it is still asking.
        ask_at=None if hand else now + timedelta(seconds=waiting.answer + 2),
    )
    tell(row, attempted(made), actor=actor)
    return made, True


def attempted(made: Attempt) -> PaymentAttempted:
    return PaymentAttempted(payment_id=made.payment_id, attempt_id=made.pk, method=made.method, fen=made.amount_fen)


def guard(payment: Payment, method: Method, amount_fen: int | None, months: int = 0) -> int:
    """The fen to ask for. Raises Refused when nothing is open, or the method is not offered for it here."""
    if payment.state != PaymentState.OPEN:
        raise Refused(_("这笔收款已经结束，不用再付。"))
    open_fen = payment.amount_fen - payment.captured_fen
    fen = open_fen if amount_fen is None else amount_fen
    if not 0 < fen <= open_fen:
        raise Refused(_("金额要在 0 和未付金额之间。"), field="amount_fen")
    offered = offer(method=method, store=payment.store_id, fen=fen)
    if offered.why:
        raise Refused(str(say_offer(offered)), field="method")
    if method is Method.INSTALMENTS and months not in offered.months:
        raise Refused(_("请选择分期期数。"), field="months")
    return fen


def give_up(*, attempt: int) -> Attempt:
    """The till goes on without it: ask once more; unless it was paid, call it off at the provider.

    When the provider cannot be reached the attempt stays in doubt, is asked about in the background, and should it
    turn out to be paid after all, what does not fit any more goes back.
    """
    row = inquire(attempt=attempt)
    if not row.live:
        return row
    Attempt.objects.filter(pk=attempt, given_up_at=None).update(given_up_at=clock.now())
    row.given_up_at = clock.now()
    if not row.provider:
        return take(row.pk, Answer(Said.CANCELLED, cause=Cause.TILL_CANCELLED))
    return take(row.pk, provider_of(row.provider).cancel(charge_of(row)))
