"""The orders of a batch read column by column: for rows that say nothing odd, which are nearly all.

What is odd in any way, a cell that cannot be read, rows that differ in customer or time, is left to `order_rows`, which
finds the reasons. Whatever both can read they read alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, repeat
from typing import Any

from clothier.checkout.contracts import LineFacts, OrderKind
from clothier.imports.contracts import MICROS_PER_FEN, CellRefused, Row
from clothier.imports.kinds.base import Sums, Unit
from clothier.imports.kinds.order_rows import Draft, Head, OrderRows, stock_taking, summed
from clothier.imports.rules import sales, values


class OrderTable:
    """The rows of many orders as columns; `units` gives each order, or None where somebody has to look closer."""

    def __init__(self, reader: OrderRows, groups: Sequence[list[Row]], skus: dict[str, int | None]) -> None:
        self._reader, self._groups = reader, groups
        rows = [row for group in groups for row in group]
        self._cells = [row.cells for row in rows]
        self._table = list(zip(*self._cells, strict=True))
        self._odd = {n for n, row in enumerate(rows) if row.problem}
        self._pieces = self._column(reader.pieces.column(self._table[reader.quantity]), 0)
        self._note_odd(not pieces for pieces in self._pieces)
        each, self._micros = self._money()
        self._fen = [
            values.fen(amount) if amount % MICROS_PER_FEN else amount // MICROS_PER_FEN for amount in self._micros
        ]
        self._lines = self._facts(each, skus)

    def units(self) -> Iterator[Unit[Draft] | None]:
        start = 0
        for group in self._groups:
            end = start + len(group)
            yield self._unit(group, start, end)
            start = end

    def _facts(self, each: list[int], skus: dict[str, int | None]) -> list[LineFacts]:
        reader = self._reader
        goods = self._column(reader.goods.column(self._table[reader.goods_at]), ("", None))
        return list(
            map(
                LineFacts._make,
                zip(
                    [code for code, _kind in goods],
                    self._pieces,
                    self._fen,
                    map(values.fen, each),
                    reader.words.column(self._table[reader.words_at]),
                    [kind for _code, kind in goods],
                    [skus.get(code) for code, _kind in goods],
                    repeat(None),
                    repeat(None),
                ),
            )
        )

    def _money(self) -> tuple[list[int], list[int]]:
        """Price and amount of every line in micros."""
        reader = self._reader
        if not any(map(str.strip, self._table[reader.total])):
            each = self._column(reader.micros.column(self._table[reader.price]), 0)
            return each, [price * pieces for price, pieces in zip(each, self._pieces, strict=True)]
        told = [self._told(cells, pieces) for cells, pieces in zip(self._cells, self._pieces, strict=True)]
        found = self._column(told, (0, 0))
        return [price for price, _amount in found], [amount for _price, amount in found]

    def _told(self, cells: list[str], pieces: int) -> Any:
        try:
            return self._reader.money(cells, pieces) if pieces else (0, 0)
        except CellRefused as refusal:
            return refusal

    def _column(self, column: list[Any], instead: Any) -> list[Any]:
        """The column with something harmless where a cell was refused; such rows are marked."""
        refused = [value.__class__ is CellRefused for value in column]
        if not any(refused):
            return column
        self._note_odd(refused)
        return [instead if bad else value for value, bad in zip(column, refused, strict=True)]

    def _note_odd(self, odd: Iterable[bool]) -> None:
        self._odd.update(compress(range(len(self._cells)), odd))

    def _unit(self, group: list[Row], start: int, end: int) -> Unit[Draft] | None:
        if self._odd and not self._odd.isdisjoint(range(start, end)):
            return None
        reader, cells = self._reader, group[0].cells
        if end - start > 1:
            for at in reader.agreeing:
                column = self._table[at][start:end]
                if column.count(column[0]) != end - start:
                    return None
        try:
            head = reader.head(cells, values.code(cells[reader.customer]))
        except CellRefused:
            return None
        return self._draft(group, head, start, end)

    def _draft(self, group: list[Row], head: Head, start: int, end: int) -> Unit[Draft]:
        reader = self._reader
        pieces, micros, lines = self._pieces[start:end], self._micros[start:end], self._lines[start:end]
        kind = sales.order_kind(head.number, group[0].cells[reader.told], pieces)
        if not head.customer:
            lines = [stock_taking(line) for line in lines]
        rounding = tuple(
            (sales.sort_of(kind, quantity), fen * MICROS_PER_FEN - amount)
            for quantity, fen, amount in zip(pieces, self._fen[start:end], micros, strict=True)
            if amount % MICROS_PER_FEN
        )
        return Unit(group, Draft(head, kind, tuple(lines), rounding), self._sums(kind, pieces, micros))

    def _sums(self, kind: OrderKind, pieces: Sequence[int], micros: Sequence[int]) -> Sums:
        if kind is OrderKind.SALE and min(pieces) >= 0:
            return [("sale", len(pieces), sum(micros))]
        return summed(kind, zip(pieces, micros, strict=True))
