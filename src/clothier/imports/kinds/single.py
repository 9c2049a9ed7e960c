"""Kinds whose rows stand for themselves: read one by one, saved together."""

from abc import abstractmethod
from typing import TypeVar

from clothier.imports.contracts import CellRefused, Row, gettext_noop
from clothier.imports.kinds.base import Loader, RowsRefused
from clothier.imports.rules import values

F = TypeVar("F")


class SingleRows(Loader[F]):
    """Implement `read`; a refusal of a cell is its row's."""

    def convert(self, rows: list[Row]) -> F:
        try:
            return self.read(rows[0])
        except CellRefused as refusal:
            raise RowsRefused([(rows[0], refusal)]) from None

    @abstractmethod
    def read(self, row: Row) -> F:
        """What the row says. Raises CellRefused."""

    def text(self, row: Row, column: str, longest: int = 200) -> str:
        return values.clean(row.cells[self.at(column)])[:longest]

    def needed(self, row: Row, column: str, longest: int = 60) -> str:
        """The identifier in this column. Raises CellRefused when it is empty or too long."""
        text = values.code(row.cells[self.at(column)])
        title = next(known.title for known in self.columns if known.name == column)
        if not text:
            raise CellRefused(gettext_noop("没有%(column)s"), column=title)
        if len(text) > longest:
            raise CellRefused(gettext_noop("%(column)s太长"), column=title)
        return text
