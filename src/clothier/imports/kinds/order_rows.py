"""Reading the rows of an order: what its head says, whether its rows agree, what each line holds."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import NamedTuple

from clothier.checkout.contracts import LineFacts, LineKind, OrderKind
from clothier.imports.contracts import MICROS_PER_FEN, CellRefused, Plan, Row, gettext_noop
from clothier.imports.kinds.base import RowsRefused, Sums
from clothier.imports.kinds.memory import Memory
from clothier.imports.kinds.places import Staff, Stores
from clothier.imports.rules import sales, values
from clothier.kernel import clock

_DAY = 86_400


class Head(NamedTuple):
    """What the rows of an order have in common; the customer still by the file's own number."""

    number: str
    at: datetime
    customer: str
    store: int | None
    seller: int | None
    currency: str


class Draft(NamedTuple):
    """An order as the file tells it."""

    head: Head
    kind: OrderKind
    lines: tuple[LineFacts, ...]
    # By sort, what rounding each line to the fen added, in micros: prices below a fen exist.
    rounding: tuple[tuple[str, int], ...] = ()


class OrderRows:
    """Where an order's columns stand, what their cells say, and the order of its rows."""

    def __init__(self, plan: Plan, width: int, *, zone: tzinfo, date_order: str) -> None:
        self.number, self.goods_at, self.quantity, self.time, self.price, self.total = (
            plan.columns.get(name, width)
            for name in ("number", "code", "quantity", "occurred_at", "unit_price", "total")
        )
        self.words_at, self.customer, self.store, self.seller, self.told, self.currency = (
            plan.columns.get(name, width)
            for name in ("description", "customer", "store", "seller", "order_kind", "currency")
        )
        # Rows that say the same here agree; others are looked at closely.
        self.agreeing = (self.customer, self.time, self.store, self.currency)
        usual = plan.options.get("currency") or "CNY"
        stores, staff = Stores(plan.options.get("store", "")), Staff()
        self.micros, self.pieces = Memory(values.micros), Memory(values.quantity)
        self.goods, self.words = Memory(_goods), Memory(_words)
        self.moment = Memory[datetime](lambda text: values.moment(text, order=date_order, zone=zone))
        self.store_of, self.seller_of = Memory(stores.id_of), Memory(staff.id_of)
        self.currency_of = Memory[str](lambda text: _currency(text) or usual)

    def draft(self, rows: list[Row], skus: dict[str, int | None]) -> Draft:
        """The order. Raises RowsRefused with every row at fault."""
        try:
            named = (code for row in rows if (code := values.code(row.cells[self.customer])))
            head = self.head(rows[0].cells, next(named, ""))
        except CellRefused as refusal:
            raise RowsRefused([(rows[0], refusal)]) from None
        reasons: list[tuple[Row, CellRefused]] = []
        lines: list[LineFacts] = []
        odd: list[tuple[int, int]] = []
        for row in rows:
            try:
                self._agree(rows[0], head, row)
                line, rounding = self._line(row, skus)
                lines.append(line)
                if rounding:
                    odd.append((line.quantity, rounding))
            except CellRefused as refusal:
                reasons.append((row, refusal))
        if reasons:
            raise RowsRefused(reasons)
        kind = sales.order_kind(head.number, rows[0].cells[self.told], [line.quantity for line in lines])
        if not head.customer:
            lines = [stock_taking(line) for line in lines]
        rounded = tuple((sales.sort_of(kind, pieces), micros) for pieces, micros in odd)
        return Draft(head, kind, tuple(lines), rounded)

    def sums(self, rows: list[Row]) -> Sums:
        """Lines and micros by sort, as far as they can be read at all."""
        told = rows[0].cells[self.told]
        number = values.code(rows[0].cells[self.number])
        readable = [self._amount(row) for row in rows]
        kind = sales.order_kind(number, told, [pieces for pieces, _ in readable])
        return summed(kind, readable)

    def head(self, cells: list[str], customer: str) -> Head:
        """What an order's first row says of it. Raises CellRefused."""
        number = values.code(cells[self.number])
        if not number:
            raise CellRefused(gettext_noop("没有单号"))
        if len(number) > 60:
            raise CellRefused(gettext_noop("单号太长"))
        return Head(
            number,
            values.believable(self.moment.one(cells[self.time]), now=clock.now()),
            customer,
            self.store_of.one(cells[self.store]),
            self.seller_of.one(cells[self.seller]),
            self.currency_of.one(cells[self.currency]),
        )

    def _agree(self, first: Row, head: Head, row: Row) -> None:
        """Rows of one order name one customer, one store, one currency and, give or take a day, one time."""
        ours, theirs = first.cells, row.cells
        if row.problem:
            raise row.problem
        other = theirs[self.customer]
        if other and other != ours[self.customer] and values.code(other) != head.customer:
            raise CellRefused(gettext_noop("同一单号出现了不同的顾客"))
        if theirs[self.store] != ours[self.store] or theirs[self.currency] != ours[self.currency]:
            raise CellRefused(gettext_noop("同一单号出现了两个门店或币种"))
        apart = theirs[self.time] != ours[self.time] and self.moment.one(theirs[self.time]) - head.at
        if apart and abs(apart.total_seconds()) > _DAY:
            raise CellRefused(gettext_noop("同一单号的时间相差超过一天"))

    def _line(self, row: Row, skus: dict[str, int | None]) -> tuple[LineFacts, int]:
        cells = row.cells
        code, kind = self.goods.one(cells[self.goods_at])
        pieces = self.pieces.one(cells[self.quantity])
        if not pieces:
            raise CellRefused(gettext_noop("数量为零"))
        each, amount = self.money(cells, pieces)
        total = values.fen(amount)
        line = LineFacts(
            code=code,
            quantity=pieces,
            total_fen=total,
            unit_price_fen=values.fen(each),
            description=self.words.one(cells[self.words_at]),
            kind=kind,
            sku=skus.get(code),
        )
        return line, total * MICROS_PER_FEN - amount

    def money(self, cells: list[str], pieces: int) -> tuple[int, int]:
        """Price and line total in micros. The total is what was booked; without one it is price times pieces."""
        price, total = cells[self.price], cells[self.total]
        if not total.strip():
            each = self.micros.one(price)
            return each, each * pieces
        amount = self.micros.one(total)
        if amount * pieces < 0 and not (price.strip() and self.micros.one(price) < 0):
            raise CellRefused(gettext_noop("数量 %(pieces)s 与金额 %(text)s 正负不一致"), pieces=pieces, text=total)
        return (self.micros.one(price) if price.strip() else amount // pieces), amount

    def _amount(self, row: Row) -> tuple[int, int]:
        try:
            pieces = self.pieces.one(row.cells[self.quantity])
            return pieces, self.money(row.cells, pieces)[1]
        except (CellRefused, ZeroDivisionError):
            return 0, 0


def summed(kind: OrderKind, lines: Iterable[tuple[int, int]]) -> Sums:
    """Lines and micros by sort, of lines told as pieces and micros."""
    found: dict[str, list[int]] = {}
    for pieces, amount in lines:
        sort = found.setdefault(sales.sort_of(kind, pieces), [0, 0])
        sort[0] += 1
        sort[1] += amount
    return [(sort, count, micros) for sort, (count, micros) in found.items()]


def _goods(text: str) -> tuple[str, LineKind]:
    code = values.code(text)
    if not code:
        raise CellRefused(gettext_noop("没有款号"))
    if len(code) > 60:
        raise CellRefused(gettext_noop("款号太长"))
    return code, sales.line_kind(code)


def stock_taking(line: LineFacts) -> LineFacts:
    """Goods that leave without a customer and without money are written off, not returned."""
    written_off = line.quantity < 0 and not line.total_fen and line.kind is LineKind.GOODS
    return line._replace(kind=LineKind.ADJUSTMENT) if written_off else line


def _words(cell: str) -> str:
    # Cleaning costs more than the rest of the line; only what a spreadsheet marked needs it.
    return (values.clean(cell) if cell[:1] in {"'", "="} else cell.strip())[:200]


def _currency(text: str) -> str:
    code = text.strip().upper()
    if code in {"RMB", "人民币", "CNH"}:
        return "CNY"
    if code and not (len(code) == 3 and code.isalpha() and code.isascii()):
        raise CellRefused(gettext_noop("“%(text)s”不是币种"), text=text)
    return code
