"""Reading the rows of an order: what its head says, whether its rows agree, what each line holds."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

from clothier.checkout.contracts import LineFacts, LineKind, OrderKind
from clothier.imports.contracts import MICROS_PER_FEN, CellRefused, Plan, Row, gettext_noop
from clothier.imports.kinds.base import RowsRefused, Sums
from clothier.imports.kinds.places import Staff, Stores
from clothier.imports.rules import sales, values
from clothier.kernel import clock

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Head:
    """What the rows of an order have in common; the customer still by the file's own number."""

    number: str
    at: datetime
    customer: str
    store: int | None
    seller: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An order as the file tells it."""

    head: Head
    kind: OrderKind
    lines: tuple[LineFacts, ...]
    # By sort, what rounding each line to the fen added, in micros: prices below a fen exist.
    rounding: tuple[tuple[str, int], ...] = ()


class OrderRows:
    """Turns the rows of one order into a draft; remembers what it has read, because texts repeat all over a file."""

    def __init__(self, plan: Plan, width: int, *, zone: tzinfo, date_order: str) -> None:
        self.number, self._code, self._quantity, self._time, self._price, self._total = (
            plan.columns.get(name, width)
            for name in ("number", "code", "quantity", "occurred_at", "unit_price", "total")
        )
        self._words, self._customer, self._store, self._seller, self._told, self._currency = (
            plan.columns.get(name, width)
            for name in ("description", "customer", "store", "seller", "order_kind", "currency")
        )
        self._usual_currency = plan.options.get("currency") or "CNY"
        self._stores, self._staff = Stores(plan.options.get("store", "")), Staff()
        self._micros = lru_cache(1 << 16)(values.micros)
        self._pieces = lru_cache(1 << 12)(values.quantity)

        def read(text: str) -> datetime:
            return values.moment(text, order=date_order, zone=zone)

        self._moment = lru_cache(1 << 10)(read)

    def code(self, row: Row) -> str:
        return values.code(row.cells[self._code])

    def draft(self, rows: list[Row], skus: dict[str, int | None]) -> Draft:
        """The order. Raises RowsRefused with every row at fault."""
        try:
            head = self._head(rows)
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
        kind = sales.order_kind(head.number, rows[0].cells[self._told], [line.quantity for line in lines])
        if not head.customer:
            lines = [_stock_taking(line) for line in lines]
        rounded = tuple((sales.sort_of(kind, pieces), micros) for pieces, micros in odd)
        return Draft(head, kind, tuple(lines), rounded)

    def sums(self, rows: list[Row]) -> Sums:
        """Lines and micros by sort, as far as they can be read at all."""
        told = rows[0].cells[self._told]
        number = values.code(rows[0].cells[self.number])
        found: dict[str, list[int]] = {}
        readable = [self._amount(row) for row in rows]
        kind = sales.order_kind(number, told, [pieces for pieces, _ in readable])
        for pieces, amount in readable:
            sort = found.setdefault(sales.sort_of(kind, pieces), [0, 0])
            sort[0] += 1
            sort[1] += amount
        return [(sort, lines, micros) for sort, (lines, micros) in found.items()]

    def _head(self, rows: list[Row]) -> Head:
        cells = rows[0].cells
        number = values.code(cells[self.number])
        if not number:
            raise CellRefused(gettext_noop("没有单号"))
        if len(number) > 60:
            raise CellRefused(gettext_noop("单号太长"))
        return Head(
            number=number,
            at=values.believable(self._moment(cells[self._time]), now=clock.now()),
            customer=next((code for row in rows if (code := values.code(row.cells[self._customer]))), ""),
            store=self._stores.id_of(cells[self._store]),
            seller=self._staff.id_of(cells[self._seller]),
            currency=_currency(cells[self._currency]) or self._usual_currency,
        )

    def _agree(self, first: Row, head: Head, row: Row) -> None:
        """Rows of one order name one customer, one store, one currency and, give or take a day, one time."""
        ours, theirs = first.cells, row.cells
        if row.problem:
            raise row.problem
        other = theirs[self._customer]
        if other and other != ours[self._customer] and values.code(other) != head.customer:
            raise CellRefused(gettext_noop("同一单号出现了不同的顾客"))
        if theirs[self._store] != ours[self._store] or theirs[self._currency] != ours[self._currency]:
            raise CellRefused(gettext_noop("同一单号出现了两个门店或币种"))
        apart = theirs[self._time] != ours[self._time] and self._moment(theirs[self._time]) - head.at
        if apart and abs(apart.total_seconds()) > _DAY:
            raise CellRefused(gettext_noop("同一单号的时间相差超过一天"))

    def _line(self, row: Row, skus: dict[str, int | None]) -> tuple[LineFacts, int]:
        cells = row.cells
        code = values.code(cells[self._code])
        if not code:
            raise CellRefused(gettext_noop("没有款号"))
        if len(code) > 60:
            raise CellRefused(gettext_noop("款号太长"))
        pieces = self._pieces(cells[self._quantity])
        if not pieces:
            raise CellRefused(gettext_noop("数量为零"))
        each, amount = self._money(cells, pieces)
        total = values.fen(amount)
        line = LineFacts(
            code=code,
            quantity=pieces,
            total_fen=total,
            unit_price_fen=values.fen(each),
            description=_words(cells[self._words]),
            kind=sales.line_kind(code),
            sku=skus.get(code),
        )
        return line, total * MICROS_PER_FEN - amount

    def _money(self, cells: list[str], pieces: int) -> tuple[int, int]:
        """Price and line total in micros. The total is what was booked; without one it is price times pieces."""
        price, total = cells[self._price], cells[self._total]
        if not total.strip():
            each = self._micros(price)
            return each, each * pieces
        amount = self._micros(total)
        if amount * pieces < 0 and not (price.strip() and self._micros(price) < 0):
            raise CellRefused(gettext_noop("数量 %(pieces)s 与金额 %(text)s 正负不一致"), pieces=pieces, text=total)
        return (self._micros(price) if price.strip() else amount // pieces), amount

    def _amount(self, row: Row) -> tuple[int, int]:
        try:
            pieces = self._pieces(row.cells[self._quantity])
            return pieces, self._money(row.cells, pieces)[1]
        except (CellRefused, ZeroDivisionError):
            return 0, 0


def _stock_taking(line: LineFacts) -> LineFacts:
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
