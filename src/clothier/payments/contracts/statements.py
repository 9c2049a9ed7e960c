"""What payments tell the packages above: a provider's statement, row by row, and money that moved, as columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from clothier.kernel.columns import Ints


class StatementKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"


class StatementRow(NamedTuple):
    """One row of a provider's daily file, in the provider's own words.

    `reference` is the number we gave (the attempt's for a payment, the refund's for a refund), `provider_reference`
    theirs. `amount_fen` is above zero for a payment and below for a refund; `fee_fen` above zero where they keep it,
    below where they give it back. `line` is the row's place in the file, counted from 1.
    """

    line: int
    kind: StatementKind
    reference: str
    provider_reference: str
    occurred_at: datetime
    amount_fen: int
    fee_fen: int
    currency: str = "CNY"


class RefusedRow(NamedTuple):
    """A row that says nothing usable: where it is, why (in the user's words), and what it said."""

    line: int
    reason: str
    text: str


class StatementTotals(NamedTuple):
    """What the file's summary says it holds, as far as it says so: a file that was cut short betrays itself."""

    rows: int | None = None
    payments_fen: int | None = None
    refunds_fen: int | None = None
    fee_fen: int | None = None


# Rows in the file's order, its totals wherever they stand. Raises StatementRefused for what is no such file.
StatementParser = Callable[[Path], Iterator[StatementRow | RefusedRow | StatementTotals]]


class StatementRefused(ValueError):
    """The file is not a statement of this provider, in the user's words."""


@dataclass(frozen=True, slots=True)
class StatementFormat:
    """How one provider writes its daily file. `day` finds the day a file is about in its name, if it says so."""

    provider: str
    parse: StatementParser
    day: Callable[[str], date | None]


statement_formats: dict[str, StatementFormat] = {}


@dataclass(frozen=True, slots=True)
class Moves:
    """Money that moved between customers and us: captured payments and done refunds, one row each, as columns.

    `references` are our numbers at the provider, `amounts` below zero for refunds, `moments` microseconds since 1970.
    Money that people hand over has no provider (""). `allowances` are 1 where goods stay with the customer.
    """

    payments: "Ints"
    stores: "Ints"
    methods: Sequence[str]
    months: "Ints"
    providers: Sequence[str]
    references: Sequence[str]
    amounts: "Ints"
    moments: "Ints"
    allowances: "Ints"

    def __len__(self) -> int:
        return len(self.references)


class Move(NamedTuple):
    """One row of them alone, with all that a person looking into it wants to know."""

    payment: int
    refund: bool
    store: int | None
    method: str
    months: int
    provider: str
    reference: str
    provider_reference: str
    amount_fen: int
    currency: str
    occurred_at: datetime
    subject: str
    surplus: bool = False
