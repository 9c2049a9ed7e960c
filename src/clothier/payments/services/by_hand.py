"""Money that people hand over: cash into the drawer, a bank transfer seen on the account, and both back again."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.rows import fetch, insert, new
from clothier.payments.contracts import Answer, AttemptState, Method, RefundState, Said
from clothier.payments.models import Attempt, Payment, RefundPart
from clothier.payments.services.answers import counted, take
from clothier.payments.services.attempting import attempted, guard
from clothier.payments.services.refunding import end_part, reserve
from clothier.payments.services.rows import fresh_number, kept_by_provider, locked, tell


@transaction.atomic
def take_cash(
    *, payment: int | Payment, tendered_fen: int, key: str, actor: int | None, amount_fen: int | None = None
) -> Attempt:
    """Take cash: all that is outstanding, or what was handed over when it is less. The change is the difference.

    The drawer counts what stays in it (`captured_fen`). The same key takes nothing again. Raises Refused when nothing
    is outstanding or cash is not taken for so much.

    A payment that was opened in this very transaction may be handed over itself: nobody else sees it yet, so there is
    nothing to lock and nothing was taken.
    """
    row = payment if isinstance(payment, Payment) else locked(payment)
    if row is not payment and (known := fetch(Attempt, "payment_id = %s AND key = %s", [payment, key])):
        return known[0]
    if tendered_fen <= 0:
        raise Refused(_("请输入收到的现金。"), field="tendered_fen")
    wanted = row.amount_fen - row.captured_fen if amount_fen is None else amount_fen
    fen = guard(row, Method.CASH, min(wanted, tendered_fen) if wanted > 0 else None)
    now = clock.now()
    made = new(
        Attempt,
        payment_id=row.pk,
        store_id=row.store_id,
        key=key,
        method=Method.CASH.value,
        number=fresh_number(),
        amount_fen=fen,
        captured_fen=fen,
        tendered_fen=tendered_fen,
        actor_id=actor,
        state=AttemptState.CAPTURED.value,
        started_at=now,
        ended_at=now,
    )
    made.payment, made.fee_fen = row, kept_by_provider(made)
    insert([made])
    # In the drawer: nobody has to be asked whether it came.
    tell(row, attempted(made), counted(row, made), actor=actor)
    return made


@transaction.atomic
def confirm_transfer(*, attempt: int, reference: str, actor: int | None) -> Attempt:
    """Somebody has seen the transfer on our account; `reference` is the bank's own number. Once only."""
    row = Attempt.objects.select_related("payment").get(pk=attempt)
    if row.method != Method.TRANSFER:
        raise Refused(_("只有银行转账需要确认到账。"))
    reference = reference.strip()
    if not reference:
        raise Refused(_("请填写银行回单号。"), field="reference")
    used = Attempt.objects.filter(method=Method.TRANSFER, provider_number=reference).exclude(pk=row.pk)
    if used.exists():
        raise Refused(_("这个回单号已用于另一笔转账。"), field="reference")
    if row.state == AttemptState.CAPTURED and row.provider_number != reference:
        raise Refused(_("这笔转账已经用另一个回单号确认过。"), field="reference")
    return take(
        row.pk, Answer(Said.CAPTURED, provider_number=reference, fen=row.amount_fen, currency=row.payment.currency)
    )


@transaction.atomic
def pay_out(*, part: int, actor: int | None, reference: str = "", till: int | None = None) -> RefundPart:
    """Somebody gave a part of a refund back by hand: cash, a transfer, or what its provider would not take back."""
    payment: Payment = locked(RefundPart.objects.values_list("refund__payment_id", flat=True).get(pk=part))
    row = RefundPart.objects.select_related("refund", "attempt").get(pk=part)
    if row.state == RefundState.DONE:
        return row
    if row.state == RefundState.REQUESTED and row.attempt.provider:
        raise Refused(_("这一笔正在原路退回，不用另外给钱。"))
    if row.state == RefundState.FAILED and not reserve(payment, row, 1):
        raise Refused(_("这一笔已经用别的方式退了。"))
    row.provider_number = reference.strip() or row.provider_number
    row.save(update_fields=["provider_number"])
    end_part(payment, row, RefundState.DONE, by=actor, till=till)
    return row
