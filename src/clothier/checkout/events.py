"""What happens at the till."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class SaleRecorded(Event):
    """Goods were sold. `total_fen` is the whole order, `goods_fen` its goods alone; `lines` and `pieces` count."""

    type: ClassVar[str] = "sale.recorded"
    order_id: int
    total_fen: int
    goods_fen: int = 0
    currency: str = "CNY"
    lines: int = 0
    pieces: int = 0
    visit_id: int | None = None


class ReturnRecorded(Event):
    """Goods came back or an order was cancelled: the sums are negative."""

    type: ClassVar[str] = "return.recorded"
    order_id: int
    kind: str = "return"
    total_fen: int
    goods_fen: int = 0
    currency: str = "CNY"
    lines: int = 0
    pieces: int = 0
    visit_id: int | None = None


class OrderWithdrawn(Event):
    """An order that an import brought was taken back with it: it is in no sum any more. `kind` as it was recorded."""

    type: ClassVar[str] = "order.withdrawn"
    order_id: int
    import_id: int
    kind: str
    total_fen: int
    currency: str = "CNY"
