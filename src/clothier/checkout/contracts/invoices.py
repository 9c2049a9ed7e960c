"""What an invoice service is asked and answers. Each adapter is a folder in checkout/invoicing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class InvoiceLine(NamedTuple):
    """Goods as the invoice names them; fen with tax."""

    description: str
    quantity: int
    fen: int


@dataclass(frozen=True, slots=True)
class InvoiceOrder:
    """`number` is ours and never changes: asked for twice, the service gives the same invoice."""

    number: str
    fen: int
    currency: str
    title: str
    tax_number: str
    email: str
    lines: Sequence[InvoiceLine]


class Issued(NamedTuple):
    """The invoice's own number, and where the customer finds it."""

    number: str
    address: str


class InvoiceProblem(Exception):
    """The service would not, or did not answer; it is asked again, and the cashier's desk sees why."""


class InvoiceService(Protocol):
    """Somebody who issues invoices for us; safe to ask again with the same number."""

    def issue(self, order: InvoiceOrder) -> Issued:
        """Raises InvoiceProblem."""
