"""Payments of the past as arrays: what a demo's orders were paid with, and what went back."""

from dataclasses import dataclass

import numpy as np
from django.db import transaction

from clothier.kernel.columns import Cells, Columns, Every, Ints, claim, insert
from clothier.payments.contracts import AttemptState, Method, PaymentState, RefundState
from clothier.payments.models import Attempt, Payment, Refund, RefundPart
from clothier.payments.providers.registry import provider_name
from clothier.payments.rules import fee
from clothier.payments.services.rows import house

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Payment, Attempt, Refund, RefundPart)
METHODS = list(Method)


@dataclass(frozen=True, slots=True)
class PastAttempts:
    """Attempts as arrays, grouped by payment, the order in which they were made; `methods` are places in METHODS.

    `causes` is "" for those that brought their money. Moments are seconds since 1970.
    """

    payment: Ints
    methods: Ints
    amounts: Ints
    causes: list[str]
    moments: Ints


@dataclass(frozen=True, slots=True)
class PastRefunds:
    """Refunds as arrays, each of one attempt (its place), which gave back no more than it took."""

    attempt: Ints
    amounts: Ints
    moments: Ints


@dataclass(frozen=True, slots=True)
class PastPayments:
    """Payments as arrays, all of subjects of one kind, each paid in full by its attempts."""

    subject_kind: str
    subjects: Ints
    stores: Ints
    customers: Ints
    actors: Cells
    amounts: Ints
    moments: Ints
    attempts: PastAttempts
    refunds: PastRefunds


@transaction.atomic
def load_payments(past: PastPayments) -> range:
    """What the verbs would have left behind, for whoever has the tables to himself; the payments' ids.

    The log is not told: nothing may follow from it any more. Not idempotent.
    """
    ids, tries = claim(Payment, len(past.amounts)), claim(Attempt, len(past.attempts.amounts))
    if not len(ids):
        return ids
    back = past.refunds
    by_try = np.bincount(back.attempt, weights=back.amounts, minlength=len(tries)).astype(np.int64)
    by_payment = np.bincount(past.attempts.payment, weights=by_try, minlength=len(ids)).astype(np.int64)
    _load_payments(past, ids, by_payment)
    _load_attempts(past, ids, tries, by_try)
    _load_refunds(past, ids, tries)
    return ids


def _load_payments(past: PastPayments, ids: range, back: Ints) -> None:
    told: Columns = {
        "id": ids,
        "key": [f"past:{pk}" for pk in ids],
        "subject_kind": Every(past.subject_kind),
        "subject_id": past.subjects,
        "store_id": past.stores,
        "customer_id": past.customers,
        "actor_id": past.actors,
        "amount_fen": past.amounts,
        "captured_fen": past.amounts,
        "refunded_fen": back,
        "state": Every(PaymentState.PAID.value),
        "opened_at": past.moments,
        "closed_at": past.moments + 40,
    }
    insert(Payment, told, count=len(ids))


def _load_attempts(past: PastPayments, ids: range, tries: range, back: Ints) -> None:
    each = past.attempts
    took = np.array([not cause for cause in each.causes])
    names = [METHODS[n] for n in each.methods.tolist()]
    told: Columns = {
        "id": tries,
        "payment_id": each.payment + ids.start,
        "store_id": past.stores[each.payment],
        "key": [f"past:{pk}" for pk in tries],
        "method": [name.value for name in names],
        "provider": [provider_name(name) for name in names],
        "number": [f"past{pk:014d}" for pk in tries],
        "provider_number": [
            f"42{pk:026d}" if paid and provider_name(name) else ""
            for pk, paid, name in zip(tries, took.tolist(), names, strict=True)
        ],
        "amount_fen": each.amounts,
        "tendered_fen": each.amounts * (each.methods == METHODS.index(Method.CASH)) * took,
        "captured_fen": each.amounts * took,
        "refunded_fen": back,
        "fee_fen": _fees(each) * took,
        "state": [(AttemptState.CAPTURED if paid else AttemptState.FAILED).value for paid in took.tolist()],
        "cause": each.causes,
        "scanned": Every(True),
        "started_at": each.moments,
        "ended_at": each.moments + 4,
    }
    insert(Attempt, told, count=len(tries))


def _fees(each: PastAttempts) -> Ints:
    """What providers kept by the house rules in force."""
    rules = house()
    rates = np.array([(way.fee if (way := rules.way(name)) else 0) for name in METHODS])
    kept: Ints = fee(each.amounts, rates[each.methods])
    return kept


def _load_refunds(past: PastPayments, ids: range, tries: range) -> None:
    back = past.refunds
    count = len(back.amounts)
    if not count:
        return
    refunds = claim(Refund, count)
    payments = past.attempts.payment[back.attempt]
    head: Columns = {
        "id": refunds,
        "payment_id": payments + ids.start,
        "key": [f"past:{pk}" for pk in refunds],
        "amount_fen": back.amounts,
        "state": Every(RefundState.DONE.value),
        "requested_at": back.moments,
        "ended_at": back.moments + 30,
    }
    insert(Refund, head, count=count)
    parts: Columns = {
        "refund_id": refunds,
        "attempt_id": back.attempt + tries.start,
        "number": [f"back{pk:014d}" for pk in refunds],
        "amount_fen": back.amounts,
        "state": Every(RefundState.DONE.value),
        "requested_at": back.moments,
        "ended_at": back.moments + 30,
    }
    insert(RefundPart, parts, count=count)
