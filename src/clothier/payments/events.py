"""What happens to money on its way in and out; amounts in fen, never a code, a card or a name."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class PaymentOpened(Event):
    """Something is to be paid: `of` is what for, such as cart:12."""

    type: ClassVar[str] = "payment.opened"
    payment_id: int
    of: str
    amount_fen: int
    currency: str = "CNY"


class PaymentAttempted(Event):
    type: ClassVar[str] = "payment.attempted"
    payment_id: int
    attempt_id: int
    method: str
    fen: int


class PaymentCaptured(Event):
    """Money came in for good. `paid`: with it the payment is complete."""

    type: ClassVar[str] = "payment.captured"
    payment_id: int
    attempt_id: int
    of: str
    method: str
    fen: int
    paid: bool = False


class PaymentFailed(Event):
    """An attempt brought no money; the payment itself stays open."""

    type: ClassVar[str] = "payment.failed"
    payment_id: int
    attempt_id: int
    method: str
    fen: int
    cause: str


class PaymentCancelled(Event):
    """The payment was given up before it was paid; what had come in goes back."""

    type: ClassVar[str] = "payment.cancelled"
    payment_id: int
    of: str
    amount_fen: int


class PaymentContradicted(Event):
    """A provider said something that does not fit what it had said before, or what we asked for."""

    type: ClassVar[str] = "payment.contradicted"
    payment_id: int
    discrepancy_id: int
    method: str
    kind: str


class PaymentFlagged(Event):
    """A risk rule asks that somebody look at it; nothing was held up."""

    type: ClassVar[str] = "payment.flagged"
    payment_id: int
    flag_id: int
    rule: str


class RefundRequested(Event):
    """`automatic`: the house gives back what came twice, or what was paid of a payment given up."""

    type: ClassVar[str] = "refund.requested"
    payment_id: int
    refund_id: int
    of: str
    fen: int
    automatic: bool = False


class RefundDone(Event):
    """All of it is back where it came from."""

    type: ClassVar[str] = "refund.done"
    payment_id: int
    refund_id: int
    of: str
    fen: int
    automatic: bool = False


class RefundFailed(Event):
    """One method would not take its part back: somebody has to give it back another way."""

    type: ClassVar[str] = "refund.failed"
    payment_id: int
    refund_id: int
    of: str
    method: str
    fen: int
    cause: str
