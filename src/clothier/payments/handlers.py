"""What follows a payment: risk rules look at it, and the customer's timeline tells of money given back."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clothier.customers.contracts import timeline_sentence
from clothier.eventlog.contracts import Happening, deferred
from clothier.kernel.money import Money
from clothier.payments.events import PaymentCaptured, PaymentFailed, RefundDone, RefundRequested
from clothier.payments.services.flagging import weigh


@deferred("payments.risk", PaymentCaptured.type, PaymentFailed.type, RefundRequested.type)
def look_twice(entry: Happening) -> None:
    weigh(payment=entry.subject_id, actor=entry.actor_id)


@timeline_sentence(RefundDone.type)
def say_refund(entry: Happening) -> Promise | str:
    return _("退款 %(sum)s 已退回") % {"sum": str(Money(entry.payload["fen"]))}
