"""What an import is made of: columns, rows, refusals and sums. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    ORDERS = "orders"
    CUSTOMERS = "customers"
    CATALOGUE = "catalogue"
    STAFF = "staff"
    VISITS = "visits"
    ARTICLES = "articles"


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation where it is written; it is translated where it is shown."""
    return message


MICROS = 1_000_000
# Rows that a trial tells one by one.
MOST_TOLD = 200
MICROS_PER_FEN = MICROS // 100


class State(StrEnum):
    """Where an import stands."""

    DRAFT = "draft"
    QUEUED = "queued"
    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


class Plainly(Exception):
    """Something to tell a person: a sentence with named places, and what to put there."""

    def __init__(self, message: str, **places: object) -> None:
        super().__init__(message)
        self.message = message
        self.places = places

    def __str__(self) -> str:
        return self.message % self.places if self.places else self.message


class FileRefused(Plainly):
    """The file as a whole cannot be read; the message is for the person who chose it."""


class CellRefused(Plainly, ValueError):
    """A cell does not hold what its column promises; the message is for the person who keeps the file."""


@dataclass(frozen=True, slots=True)
class Column:
    """Something an import wants to know. `also` are header words it goes by, in any language."""

    name: str
    title: str
    required: bool = False
    also: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file is written. `sheet` is set for workbooks, the rest for text. `header_line` counts from 1."""

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    header_line: int = 1


class Row(NamedTuple):
    """One record: the number of its first line in the file, and its cells as text."""

    line: int
    cells: list[str]
    problem: CellRefused | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not taken, and why."""

    row: Row
    reason: Plainly


@dataclass(frozen=True, slots=True)
class Plan:
    """What was confirmed: which column of the file holds what, and what holds for the whole file."""

    columns: Mapping[str, int]
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """Lines and money of one kind. Money in micros, millionths of the currency: exact for prices below a fen."""

    lines: int = 0
    micros: int = 0

    def add(self, lines: int, micros: int) -> None:
        self.lines += lines
        self.micros += micros


@dataclass(slots=True)
class Counts:
    """How far an import came. `read` is always `imported + already + rejected`."""

    read: int = 0
    imported: int = 0
    already: int = 0
    rejected: int = 0
    # "sale:imported" and the like → what the source says.
    tallies: dict[str, Tally] = field(default_factory=dict)
    # Things worth saying that are no refusals: "repeated_lines" → 2 483.
    remarks: dict[str, int] = field(default_factory=dict)
    # What a trial would make, the first rows of it: line, what becomes of it, and of what it speaks.
    made: list[tuple[int, str, str]] = field(default_factory=list)

    def tally(self, sort: str, fate: str, lines: int, micros: int) -> None:
        self.tallies.setdefault(f"{sort}:{fate}", Tally()).add(lines, micros)

    def remark(self, what: str, times: int = 1) -> None:
        if times:
            self.remarks[what] = self.remarks.get(what, 0) + times


@dataclass(slots=True)
class TakenBack:
    """How far the undoing of an import came. `stayed` counts what could not be taken back, by reason."""

    orders: int = 0
    lines: int = 0
    customers: int = 0
    stayed: dict[str, int] = field(default_factory=dict)
    # Where the next step begins: the last order and the last customer looked at.
    after_order: int = 0
    after_customer: int = 0

    def stays(self, reason: str, times: int = 1) -> None:
        if times:
            self.stayed[reason] = self.stayed.get(reason, 0) + times


# Kinds of which the house knows what a file brought.
UNDOABLE = frozenset({Kind.ORDERS, Kind.CUSTOMERS})
# Why something of an import stays where it is, as its page says it.
STAYS = {
    "returned": gettext_noop("订单：之后有退货指向它"),
    "visited": gettext_noop("顾客：之后有购买、到店或试穿"),
    "merged": gettext_noop("顾客：已由人工与其他记录合并"),
    "touched": gettext_noop("顾客：之后有人更正、备注、登记同意或加过资料"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """For whoever waits: how much of the file is behind us, 0 to 1, and the counts so far."""

    share: float
    counts: Counts


@dataclass(frozen=True, slots=True)
class Line:
    """One sort of money: what the source says, what became of it, and what the database holds of this import."""

    sort: str
    source: Tally
    imported: Tally
    already: Tally
    rejected: Tally
    # Rounding each line to the fen added this, over so many lines.
    rounding: Tally
    database_lines: int
    database_fen: int

    @property
    def difference_micros(self) -> int:
        """What nobody can explain. Zero, or something is wrong."""
        return self.database_fen * MICROS_PER_FEN - self.imported.micros - self.rounding.micros

    @property
    def balanced(self) -> bool:
        return not self.difference_micros and self.database_lines == self.imported.lines
