"""What every kind of import brings: its columns, how rows become facts, and how facts are saved."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import repeat
from typing import ClassVar, Generic, TypeVar
from zoneinfo import ZoneInfo

from clothier.imports.contracts import CellRefused, Column, Counts, Kind, Plainly, Plan, Row
from clothier.imports.rules import headers

F = TypeVar("F")
# What a row adds to the books: the sort (sale, return …), lines and micros.
Sums = list[tuple[str, int, int]]


class Fate(Enum):
    IMPORTED = "imported"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for the whole run: its number, who started it, and how wide the file's rows are."""

    batch: int
    actor: int | None
    width: int


@dataclass(slots=True)
class Unit(Generic[F]):
    """Rows that stand or fall together, such as the lines of one order, and what they say."""

    rows: list[Row]
    facts: F
    sums: Sums = field(default_factory=list)
    # What was made of it and of what it speaks, where a trial should tell: ("articles_changed", "几天可以退货").
    made: tuple[str, str] | None = None


class RowsRefused(Exception):
    """Rows of a unit that cannot be taken, each with its reason; the unit's other rows fall with them."""

    def __init__(self, reasons: list[tuple[Row, CellRefused]]) -> None:
        super().__init__(f"{len(reasons)} rows refused")
        self.reasons = reasons


class Loader(ABC, Generic[F]):
    """One kind of import, for one file and one plan. Holds nothing that must survive the process."""

    kind: ClassVar[Kind]
    columns: ClassVar[tuple[Column, ...]]
    # Sorts of money that the reconciliation shows, in its order; empty where there is no money.
    sorts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, plan: Plan, context: Context) -> None:
        self.plan = plan
        self.context = context
        self.zone = ZoneInfo(plan.options.get("zone") or "Asia/Shanghai")
        self.date_order = plan.options.get("date_order") or "ymd"

    @classmethod
    def lacking(cls, columns: Mapping[str, int]) -> list[Column]:
        """What must be known and is not, given these columns."""
        return headers.missing(columns, cls.columns)

    def at(self, column: str) -> int:
        """Where a column stands in a row; every row has one empty cell more, for the columns the file lacks."""
        return self.plan.columns.get(column, self.context.width)

    def key(self, row: Row) -> str:
        """Neighbouring rows of one key make one unit. Rows of an empty key are units of their own."""
        return ""

    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up, once for many rows, what reading them needs."""

    def units(self, groups: Sequence[list[Row]]) -> Iterator[Unit[F] | None]:
        """The units of many groups of rows, where that is quicker than one by one; None leaves a group to `convert`."""
        return repeat(None, len(groups))

    @abstractmethod
    def convert(self, rows: list[Row]) -> F:
        """What the rows of one unit say. Raises RowsRefused."""

    def sums(self, rows: list[Row]) -> Sums:
        """What the rows add up to in the source, as far as their amounts can be read at all."""
        return []

    @abstractmethod
    def save(self, units: Sequence[Unit[F]], counts: Counts) -> list[Fate | Plainly]:
        """Write the units, inside the caller's transaction; the fate of each, in their order."""

    def forget(self) -> None:
        """Drop what was remembered about rows written: the transaction that wrote them was rolled back."""
