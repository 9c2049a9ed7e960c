"""What all verbs need of the rows: locks in one order, numbers nobody used, evidence, events."""

import secrets
from collections.abc import Iterable
from typing import Any

from clothier.eventlog.contracts import Event
from clothier.eventlog.services import Note, record_all
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.kernel.rows import fetch
from clothier.payments.contracts import Answer, Charge, Exchange, Payback
from clothier.payments.events import PaymentContradicted
from clothier.payments.models import Attempt, Discrepancy, Evidence, Payment, RefundPart
from clothier.payments.rules import fee
from clothier.places import selectors as places
from clothier.standards.contracts import Payments
from clothier.standards.selectors import document


def house() -> Payments:
    """The house rules of paying in force."""
    return document("payments")


def locked(payment: int) -> Payment:
    """The payment, ours until the transaction ends: whoever changes it or its attempts takes this lock first."""
    for row in fetch(Payment, "id = %s", [payment], hold=True):
        return row
    raise Payment.DoesNotExist(payment)


def fresh_number() -> str:
    """A number for one attempt or one part at a provider. Random: a restored database must not use one again."""
    return f"{clock.now():%y%m%d}{secrets.token_hex(9)}"


def code_of(store: int | None) -> str:
    """A store's code, by which house rules and providers know it."""
    found = places.store(store) if store else None
    return found.code if found else ""


def charge_of(attempt: Attempt, *, code: str = "") -> Charge:
    payment, rules = attempt.payment, house()
    plan = next((each for each in rules.plans if each.months == attempt.months), None)
    return Charge(
        number=attempt.number,
        fen=attempt.amount_fen,
        currency=payment.currency,
        title=f"{payment.subject_kind}-{payment.subject_id}",
        code=code,
        store=code_of(attempt.store_id),
        till=str(payment.till_id or ""),
        months=attempt.months,
        seconds=rules.waiting.confirm,
        provider_number=attempt.provider_number,
        scanned=attempt.scanned,
        house_bears=plan is None or plan.borne_by == "house",
    )


def payback_of(part: RefundPart) -> Payback:
    attempt = part.attempt
    charge = charge_of(attempt)
    return Payback(part.number, part.amount_fen, charge, part.refund.reason, attempt.captured_fen)


def kept_by_provider(attempt: Attempt) -> int:
    """What the provider keeps of the money by the house rules: what its bill is held against."""
    rules = house()
    way = rules.way(attempt.method)
    plan = next((each.fee for each in rules.plans if each.months == attempt.months and each.borne_by == "house"), 0)
    return fee(attempt.captured_fen, (way.fee if way else 0) + plan)


def keep(exchanges: Iterable[Exchange], *, attempt: int, part: int | None = None) -> None:
    """Write down what was said, as it was said."""
    now = clock.now()
    Evidence.objects.bulk_create(
        Evidence(
            attempt_id=attempt,
            part_id=part,
            at=now,
            verb=each.verb,
            status=each.status,
            asked=dict(each.asked),
            answered=dict(each.answered),
        )
        for each in exchanges
    )


def tell(payment: Payment, *events: Event, actor: int | None = None) -> None:
    """Record events about a payment, in order, for its customer and store."""
    subject, customer, store = Ref("payment", payment.pk), payment.customer_id, payment.store_id
    record_all(Note(event, subject, customer, store, actor) for event in events)


def of(payment: Payment) -> str:
    return str(Ref(payment.subject_kind, payment.subject_id))


def contradict(
    kind: Discrepancy.Kind, *, attempt: Attempt, answer: Answer, payment: Payment, part: RefundPart | None = None
) -> None:
    """Keep what does not fit until somebody has looked at it; the same again is one row."""
    told: dict[str, Any] = {
        "said": answer.said.value,
        "provider_number": answer.provider_number,
        "fen": answer.fen,
        "currency": answer.currency,
        "ours": (part or attempt).state,
        "our_fen": (part or attempt).amount_fen,
    }
    same = Discrepancy.objects.filter(kind=kind, attempt=attempt, part=part, told=told, settled_at=None)
    if same.exists():
        return
    row = Discrepancy.objects.create(
        kind=kind, provider=attempt.provider, attempt=attempt, part=part, told=told, at=clock.now()
    )
    tell(
        payment,
        PaymentContradicted(payment_id=payment.pk, discrepancy_id=row.pk, method=attempt.method, kind=row.kind),
    )
