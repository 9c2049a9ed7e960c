"""Payments and a provider's file, told by tests in the fewest words."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from clothier.payments.contracts import (
    AttemptState,
    Method,
    PaymentState,
    RefundState,
    RefusedRow,
    StatementFormat,
    StatementKind,
    StatementRefused,
    StatementRow,
    StatementTotals,
    statement_formats,
)
from clothier.payments.models import Attempt, Payment, Refund, RefundPart
from clothier.settlement.models import Statement, StatementLine

PROVIDER = "trialpay"
# Noon of 14 November in Beijing.
NOON = datetime(2026, 11, 14, 4, 0, tzinfo=UTC)
DAY = date(2026, 11, 14)


def paid(
    store: int | None,
    number: str,
    fen: int,
    *,
    at: datetime = NOON,
    method: str = Method.WECHAT,
    till: int | None = None,
    subject: str = "order",
) -> Attempt:
    """A captured payment of one attempt."""
    payment = Payment.objects.create(
        key=number,
        subject_kind=subject,
        subject_id=1,
        store_id=store,
        amount_fen=fen,
        captured_fen=fen,
        state=PaymentState.PAID,
        opened_at=at,
        till_id=till,
    )
    return Attempt.objects.create(
        payment=payment,
        store_id=store,
        key="1",
        method=method,
        provider="" if method == Method.CASH else PROVIDER,
        number=number,
        amount_fen=fen,
        captured_fen=fen,
        state=AttemptState.CAPTURED,
        started_at=at,
        ended_at=at,
    )


def given_back(attempt: Attempt, number: str, fen: int, *, at: datetime = NOON, till: int | None = None) -> RefundPart:
    refund = Refund.objects.create(
        payment=attempt.payment, key=number, amount_fen=fen, state=RefundState.DONE, requested_at=at, ended_at=at
    )
    return RefundPart.objects.create(
        refund=refund,
        attempt=attempt,
        number=number,
        amount_fen=fen,
        state=RefundState.DONE,
        requested_at=at,
        ended_at=at,
        till_id=till,
    )


def stated(rows: list[tuple[str, int, int]], *, day: date = DAY, provider: str = PROVIDER) -> Statement:
    """A file in force: (our number, fen, fee) each."""
    Statement.objects.filter(provider=provider, date=day).update(current=False)
    file = Statement.objects.create(
        provider=provider,
        date=day,
        state=Statement.State.DONE,
        current=True,
        file_name=f"{day}.csv",
        sha256=f"{Statement.objects.count()}",
        rows=len(rows),
        received_at=NOON,
    )
    StatementLine.objects.bulk_create(
        StatementLine(
            statement=file,
            line=line,
            refund=fen < 0,
            reference=number,
            provider_reference=f"P{line}",
            occurred_at=NOON,
            amount_fen=fen,
            fee_fen=fee,
        )
        for line, (number, fen, fee) in enumerate(rows, 1)
    )
    return file


def fee(fen: int) -> int:
    """Six thousandths, half up."""
    whole = (abs(fen) * 60 + 5_000) // 10_000
    return whole if fen > 0 else -whole


def right(number: str, fen: int) -> tuple[str, int, int]:
    return number, fen, fee(fen)


def parse(path: Path) -> Iterator[StatementRow | RefusedRow | StatementTotals]:
    """The trial provider's file: number,fen,fee a row, and "total,rows,payments,refunds,fee" at the end."""
    text = path.read_text("utf-8")
    if not text.startswith("trialpay\n"):
        raise StatementRefused("这不是试付的账单")
    for line, row in enumerate(text.splitlines()[1:], 2):
        cells = row.split(",")
        if cells[0] == "total":
            yield StatementTotals(*(int(cell) for cell in cells[1:]))
        elif len(cells) != 3:
            yield RefusedRow(line, "列数不对", row)
        else:
            fen = int(cells[1])
            kind = StatementKind.PAYMENT if fen > 0 else StatementKind.REFUND
            yield StatementRow(line, kind, cells[0], f"P{line}", NOON + timedelta(seconds=line), fen, int(cells[2]))


def named_day(name: str) -> date | None:
    try:
        return date.fromisoformat(name.removesuffix(".csv"))
    except ValueError:
        return None


TRIAL = StatementFormat(PROVIDER, parse, named_day)


def connect() -> None:
    statement_formats[PROVIDER] = TRIAL
