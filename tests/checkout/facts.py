"""Orders to tell the till about."""

from datetime import UTC, datetime

from clothier.checkout.contracts import LineFacts, LineKind, OrderFacts, OrderKind

NOON = datetime(2026, 11, 14, 4, 0, tzinfo=UTC)


def line(code: str = "K2071", quantity: int = 1, price: int = 29900, **more: object) -> LineFacts:
    return LineFacts(
        code=code, quantity=quantity, unit_price_fen=price, total_fen=quantity * price, description="圆领针织衫", **more
    )


def postage(fen: int = 1000) -> LineFacts:
    return LineFacts(code="POST", quantity=1, unit_price_fen=fen, total_fen=fen, kind=LineKind.DELIVERY)


def order(number: str = "A1", *lines: LineFacts, kind: OrderKind = OrderKind.SALE, **more: object) -> OrderFacts:
    facts = {"source": "pos", "occurred_at": NOON, "lines": lines or (line(),), **more}
    return OrderFacts(number=number, kind=kind, **facts)
