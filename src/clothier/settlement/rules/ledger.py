"""A day's money as double entries. Whatever happened, debits equal credits: what nobody can name yet is named so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

CASH, TRANSFER = "cash", "transfer"


class Row(NamedTuple):
    """One booking in fen. `post` and `method` choose the account; exactly one of debit and credit is above zero."""

    post: str
    method: str
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True, slots=True)
class DayBook:
    """A day's sums in fen. `sales_fen` is what was sold less what came back, tax included; `allowed_fen`, below zero,
    what was given back of the price of goods that customers keep; `moved` what each way to pay brought net; `fees` what
    providers kept; `drawer_fen` what was counted beyond what should have been there.
    """

    sales_fen: int
    points_fen: int = 0
    allowed_fen: int = 0
    moved: Mapping[str, int] = field(default_factory=dict)
    fees: Mapping[str, int] = field(default_factory=dict)
    drawer_fen: int = 0


def tax_in(gross_fen: int, percent: int) -> int:
    """The tax inside a price, half up, with the price's sign."""
    tax = (abs(gross_fen) * percent * 2 + 100 + percent) // (2 * (100 + percent))
    return tax if gross_fen >= 0 else -tax


def book(day: DayBook, *, vat_percent: int) -> list[Row]:
    """The day's bookings; their debits and credits are equal, and no row is empty."""
    rows: list[Row] = []
    add = _adder(rows)
    for method, fen in sorted(day.moved.items()):
        add(_home(method), method, fen)
    for method, fen in sorted(day.fees.items()):
        add("fees", method, fen)
        add(_home(method), method, -fen)
    add("points", "", day.points_fen)
    taxes = [tax_in(fen, vat_percent) for fen in (day.sales_fen, day.allowed_fen)]
    add("sales", "", taxes[0] - day.sales_fen)
    add("allowance", "", taxes[1] - day.allowed_fen)
    add("tax", "", -sum(taxes))
    add(_home(CASH), CASH, day.drawer_fen)
    add("drawer", "", -day.drawer_fen)
    # Money without a sale, or a sale without its money: under enquiry until somebody has found out.
    add("difference", "", -sum(row.debit_fen - row.credit_fen for row in rows))
    return rows


def _adder(rows: list[Row]) -> Callable[[str, str, int], None]:
    def add(post: str, method: str, fen: int) -> None:
        """A debit above zero, a credit below."""
        if fen:
            rows.append(Row(post, method, max(fen, 0), max(-fen, 0)))

    return add


def _home(method: str) -> str:
    """Where money of a way to pay lies until it is in the bank."""
    return {CASH: "cash", TRANSFER: "bank"}.get(method, "receivable")
