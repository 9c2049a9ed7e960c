"""The words of paying: states, causes, what a provider is asked and answers, and the one next step of a cashier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol


class Method(StrEnum):
    """How money comes in. A payment may mix them; points and coupons lower the price instead."""

    CASH = "cash"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    CARD = "card"
    INSTALMENTS = "instalments"
    TRANSFER = "transfer"


class PaymentState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"


class AttemptState(StrEnum):
    """`started`: we said we would ask for money, and know of no answer. `surplus`: money that came and is not ours to
    keep, given back by itself.
    """

    STARTED = "started"
    WAITING = "waiting"
    CAPTURED = "captured"
    SURPLUS = "surplus"
    FAILED = "failed"
    CANCELLED = "cancelled"


LIVE = frozenset({AttemptState.STARTED, AttemptState.WAITING})
TOOK = frozenset({AttemptState.CAPTURED, AttemptState.SURPLUS})


class RefundState(StrEnum):
    REQUESTED = "requested"
    DONE = "done"
    FAILED = "failed"


class Cause(StrEnum):
    """Why an attempt brought no money, the same words for every provider."""

    NONE = ""
    INSUFFICIENT = "insufficient"
    DECLINED = "declined"
    CODE_EXPIRED = "code_expired"
    LIMIT = "limit"
    NOT_CONFIRMED = "not_confirmed"
    CUSTOMER_CANCELLED = "customer_cancelled"
    TILL_CANCELLED = "till_cancelled"
    UNREACHABLE = "unreachable"
    NOT_SENT = "not_sent"
    RATE = "rate"
    MISCONFIGURED = "misconfigured"
    PROVIDER = "provider"


class Said(StrEnum):
    """What a provider says of a number: `absent`, it never heard of it; `unknown`, nothing that can be believed."""

    CAPTURED = "captured"
    WAITING = "waiting"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Charge(NamedTuple):
    """What a provider is asked to take. `code` is the customer's payment code, never stored; empty shows ours.

    `scanned`: the till scanned the customer's code. `house_bears`: the instalments cost the customer nothing.
    """

    number: str
    fen: int
    currency: str
    title: str
    code: str = ""
    store: str = ""
    till: str = ""
    months: int = 0
    seconds: int = 120
    provider_number: str = ""
    scanned: bool = False
    house_bears: bool = True


class Payback(NamedTuple):
    """What a provider is asked to give back of a charge, under a number of its own."""

    number: str
    fen: int
    charge: Charge
    reason: str = ""
    taken_fen: int = 0


class Exchange(NamedTuple):
    """One request and its answer as evidence, without secrets. `status` 0: no answer came."""

    verb: str
    status: int
    asked: Mapping[str, Any]
    answered: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A provider's word on a charge or a payback, verified. `fen` is None where it names no amount."""

    said: Said
    number: str = ""
    provider_number: str = ""
    fen: int | None = None
    currency: str = "CNY"
    cause: Cause = Cause.NONE
    show: str = ""
    exchanges: tuple[Exchange, ...] = ()


class Forged(Exception):
    """A notification that is not the provider's, or not of this moment: nothing it says is believed."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A verified notification: its own id, and what it says of a charge, or of a payback."""

    id: str
    answer: Answer
    of_refund: bool = False


class Reply(NamedTuple):
    """What a provider wants to hear back, in its own format."""

    status: int
    content_type: str
    body: bytes


class Provider(Protocol):
    """Somebody outside who takes money for us. Every call is safe to repeat with the same numbers; none raises for
    what the other side does or leaves undone: that is an answer too.
    """

    name: str

    def pay(self, charge: Charge) -> Answer: ...

    def ask(self, charge: Charge) -> Answer: ...

    def cancel(self, charge: Charge) -> Answer: ...

    def refund(self, payback: Payback) -> Answer: ...

    def ask_refund(self, payback: Payback) -> Answer: ...


class Listening(Protocol):
    """A provider that sends notifications."""

    def hear(self, headers: Mapping[str, str], body: bytes) -> Heard:
        """Raises Forged."""

    def reply(self, *, taken: bool) -> Reply: ...


class Step(StrEnum):
    """What the cashier does next: one thing, always."""

    CHOOSE = "choose"  # ask for the outstanding amount by any method
    CONFIRMING = "confirming"  # the customer confirms on the phone
    SHOW = "show"  # show our code to the customer
    ASKING = "asking"  # no answer yet: we ask, do not charge again
    ANOTHER = "another"  # it failed: another try or method, the cause is told
    TRANSFER = "transfer"  # wait for the bank transfer and enter its reference
    DONE = "done"  # paid: hand over the goods and the receipt
    GIVE_CHANGE = "give_change"  # paid in cash: give the change, then the goods
    RETURNED = "returned"  # paid; a second payment of the customer's came late and goes back
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One attempt as a page shows it; money in fen."""

    id: int
    method: Method
    state: AttemptState
    amount_fen: int
    cause: Cause = Cause.NONE
    number: str = ""
    provider_number: str = ""
    show: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    given_up: bool = False
    tendered_fen: int = 0
    refunded_fen: int = 0
    fee_fen: int = 0
    months: int = 0

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def change_fen(self) -> int:
        return max(self.tendered_fen - self.amount_fen, 0) if self.state is AttemptState.CAPTURED else 0


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment with its attempts, oldest first; money in fen. `refunded_fen` counts what was asked back, too."""

    id: int
    state: PaymentState
    currency: str
    amount_fen: int
    captured_fen: int
    refunded_fen: int
    store_id: int | None = None
    subject: str = ""
    attempts: Sequence[AttemptView] = field(default=())

    @property
    def outstanding_fen(self) -> int:
        return self.amount_fen - self.captured_fen if self.state is PaymentState.OPEN else 0

    @property
    def refundable_fen(self) -> int:
        return self.captured_fen - self.refunded_fen


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step, the money it is about, and what failed before it, if anything did."""

    step: Step
    fen: int = 0
    method: Method | None = None
    cause: Cause = Cause.NONE
    show: str = ""
    attempt: int | None = None


def next_step(payment: PaymentView) -> NextStep:
    """The one thing to do now. What is in doubt is asked about before anything is charged again."""
    if payment.state is PaymentState.CANCELLED:
        return NextStep(Step.CANCELLED)
    if payment.state is PaymentState.PAID:
        return _after_paying(payment)
    last = payment.attempts[-1] if payment.attempts else None
    if last and last.live and not last.given_up:
        return _while_waiting(last)
    if last and last.state in (AttemptState.FAILED, AttemptState.CANCELLED):
        return NextStep(Step.ANOTHER, payment.outstanding_fen, last.method, last.cause, attempt=last.id)
    return NextStep(Step.CHOOSE, payment.outstanding_fen)


def _after_paying(payment: PaymentView) -> NextStep:
    surplus = [each for each in payment.attempts if each.state is AttemptState.SURPLUS]
    if surplus:
        return NextStep(Step.RETURNED, surplus[-1].amount_fen, surplus[-1].method, attempt=surplus[-1].id)
    change = sum(each.change_fen for each in payment.attempts)
    return NextStep(Step.GIVE_CHANGE, change, Method.CASH) if change else NextStep(Step.DONE, payment.captured_fen)


def _while_waiting(attempt: AttemptView) -> NextStep:
    if attempt.method is Method.TRANSFER:
        step = Step.TRANSFER
    elif attempt.state is AttemptState.STARTED:
        step = Step.ASKING
    else:
        step = Step.SHOW if attempt.show else Step.CONFIRMING
    return NextStep(step, attempt.amount_fen, attempt.method, show=attempt.show, attempt=attempt.id)


@dataclass(frozen=True, slots=True)
class MethodOffer:
    """Whether a method can be chosen for this amount in this store; the reason why not is told beforehand.

    `why` is "" when it can: off, store, not_connected, too_little or too_much; `limit_fen` the bound it missed.
    """

    method: Method
    why: str = ""
    limit_fen: int = 0
    months: tuple[int, ...] = ()

    @property
    def offered(self) -> bool:
        return not self.why


_CODES = {Method.WECHAT: (18, 18, range(10, 16)), Method.ALIPAY: (16, 24, range(25, 31))}


def method_of_code(code: str) -> Method | None:
    """Whose payment code it is: WeChat's have 18 digits from 10 to 15 on, Alipay's 16 to 24 from 25 to 30 on."""
    if not (code.isascii() and code.isdecimal()):
        return None
    for method, (least, most, heads) in _CODES.items():
        if least <= len(code) <= most and int(code[:2]) in heads:
            return method
    return None
