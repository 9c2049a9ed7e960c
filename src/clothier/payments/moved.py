"""Money that moved, as columns: for whoever compares the books with a provider's, a million rows at a time."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, Sum

from clothier.kernel import columns
from clothier.kernel.columns import among, instant, micros, moment, stamp, table
from clothier.payments.contracts import TOOK, AttemptState, Method, Move, Moves, RefundState
from clothier.payments.models import Attempt, Payment, Refund, RefundPart

# An attempt is asked about for days; what came in so late was begun before the stretch that it came in.
_LONGEST = timedelta(days=7)
_TOOK = ", ".join(f"'{state}'" for state in sorted(TOOK))
_DONE = f"'{RefundState.DONE}'"


def moves(*, start: datetime, end: datetime, provider: str = "", store: int | None = None) -> Iterator[Moves]:
    """What came in and went out from `start` up to `end`, of one provider or store or of all, in blocks."""
    named: list[tuple[str, Any]] = [("a.provider = %s", provider)] if provider else []
    named += [("a.store_id = %s", store)] if store is not None else []
    where = "".join(f" AND {condition}" for condition, _value in named)
    mine = [value for _condition, value in named]
    span = [stamp(start), stamp(end)]
    statement = (
        f"SELECT a.payment_id, COALESCE(a.store_id, 0), a.method, a.months, a.provider, a.number, a.captured_fen,"  # noqa: S608
        f" {instant('a.ended_at')}, FALSE FROM {table(Attempt)} a"
        f" WHERE a.started_at >= %s AND a.started_at < %s AND a.ended_at >= %s AND a.ended_at < %s"
        f" AND a.state IN ({_TOOK}){where}"
        f" UNION ALL SELECT a.payment_id, COALESCE(a.store_id, 0), a.method, a.months, a.provider, r.number,"
        f" -r.amount_fen, {instant('r.ended_at')}, f.allowance FROM {table(RefundPart)} r"
        f" JOIN {table(Refund)} f ON f.id = r.refund_id JOIN {table(Attempt)} a ON a.id = r.attempt_id"
        f" WHERE r.ended_at >= %s AND r.ended_at < %s AND r.state = {_DONE}{where}"
    )
    values = [stamp(start - _LONGEST), stamp(end), *span, *mine, *span, *mine]
    for rows in columns.stream(statement, values, rows=5_000):
        yield _columns(rows)


def _columns(rows: list[tuple[Any, ...]]) -> Moves:
    import numpy as np  # Only those who compare books have arrays; a till's process does without.

    payments, stores, methods, months, providers, references, amounts, moments, kept = zip(*rows, strict=True)
    return Moves(
        payments=np.array(payments, dtype=np.int64),
        stores=np.array(stores, dtype=np.int64),
        methods=methods,
        months=np.array(months, dtype=np.int64),
        providers=providers,
        references=references,
        amounts=np.array(amounts, dtype=np.int64),
        moments=micros(moments),
        allowances=np.array(kept, dtype=np.int64),
    )


def moves_named(references: Iterable[str]) -> list[Move]:
    """What moved under these numbers of ours, whenever it did."""
    wanted = list(references)
    return [
        *_moved(f"JOIN {table(RefundPart)} r ON r.attempt_id = a.id", "r.number", wanted),
        *_moved("", "a.number", wanted),
    ]


def _moved(join: str, number: str, wanted: list[str]) -> Iterator[Move]:
    refund = bool(join)
    told = "r.provider_number, -r.amount_fen" if refund else "a.provider_number, a.captured_fen"
    ended, state = ("r.ended_at", f"r.state = {_DONE}") if refund else ("a.ended_at", f"a.state IN ({_TOOK})")
    condition, values = among(number, wanted)
    statement = (
        f"SELECT p.id, a.store_id, a.method, a.months, a.provider, {number}, {told}, p.currency, {instant(ended)},"  # noqa: S608
        f" p.subject_kind, p.subject_id, a.state FROM {table(Attempt)} a"
        f" JOIN {table(Payment)} p ON p.id = a.payment_id {join} WHERE {condition} AND {state}"
    )
    for pk, store, method, months, provider, own, theirs, fen, currency, at, kind, subject, how in columns.read(
        statement, values
    ):
        yield Move(
            payment=pk,
            refund=refund,
            store=store,
            method=method,
            months=months,
            provider=provider,
            reference=own,
            provider_reference=theirs,
            amount_fen=fen,
            currency=currency,
            occurred_at=moment(at),
            subject=f"{kind}:{subject}",
            surplus=how == AttemptState.SURPLUS,
        )


def cash_at(*, till: int, start: datetime, end: datetime) -> int:
    """Fen of cash that stayed in a till's drawer from `start` up to `end`: taken there, less given back out of it."""
    taken = Attempt.objects.filter(
        payment__till_id=till, method=Method.CASH, state__in=TOOK, started_at__gte=start - _LONGEST, started_at__lt=end
    ).filter(Q(ended_at__gte=start, ended_at__lt=end))
    given = RefundPart.objects.filter(
        till_id=till, attempt__method=Method.CASH, state=RefundState.DONE, ended_at__gte=start, ended_at__lt=end
    )
    return (taken.aggregate(fen=Sum("captured_fen"))["fen"] or 0) - (given.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def kept_of(payments: Iterable[int]) -> dict[int, tuple[str, int]]:
    """What each of these payments was for (cart, order), and the fen of it that were not given back."""
    wanted = list(payments)
    found: dict[int, tuple[str, int]] = {}
    for start in range(0, len(wanted), 5_000):
        rows = Payment.objects.filter(pk__in=wanted[start : start + 5_000]).order_by()
        told = rows.values_list("pk", "subject_kind", "captured_fen", "refunded_fen")
        found |= {pk: (kind, taken - back) for pk, kind, taken, back in told}
    return found
