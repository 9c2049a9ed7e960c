"""A payment begins: something is to be paid, and from here on every fen of it is accounted for."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.kernel.rows import fetch, insert_new, new
from clothier.payments.events import PaymentOpened
from clothier.payments.models import Payment
from clothier.payments.services.rows import tell

MOST_FEN = 10_000_000_00


def open_payment(
    *,
    subject: Ref,
    amount_fen: int,
    store: int | None,
    key: str,
    currency: str = "CNY",
    till: int | None = None,
    customer: int | None = None,
    actor: int | None = None,
) -> Payment:
    """Open a payment of so many fen for a subject (cart:12), ours until the transaction ends; the same key gives the
    first one again.

    Raises Refused on an amount nobody pays, and when the key was used for another subject, amount or currency.
    """
    if not 0 < amount_fen <= MOST_FEN:
        raise Refused(_("金额要在 0.01 元到 1000 万元之间。"), field="amount_fen")
    payment = new(
        Payment,
        key=key,
        subject_kind=subject.kind,
        subject_id=subject.id,
        store_id=store,
        till_id=till,
        customer_id=customer,
        actor_id=actor,
        currency=currency,
        amount_fen=amount_fen,
        opened_at=clock.now(),
    )
    with transaction.atomic(savepoint=False):
        if insert_new(payment, unique=["key"]):
            opened = PaymentOpened(payment_id=payment.pk, of=str(subject), amount_fen=amount_fen, currency=currency)
            tell(payment, opened, actor=actor)
            return payment
        return _same(fetch(Payment, "key = %s", [key], hold=True)[0], subject, amount_fen, currency)


def _same(payment: Payment, subject: Ref, amount_fen: int, currency: str) -> Payment:
    told = (subject.kind, subject.id, amount_fen, currency)
    if (payment.subject_kind, payment.subject_id, payment.amount_fen, payment.currency) != told:
        raise Refused(_("这个编号已用于另一笔收款。"), field="key")
    return payment
