"""A stand-in for an invoice service: twenty digits that depend on our number alone, as a fully digital invoice has."""

import hashlib

from clothier.checkout.contracts.invoices import InvoiceOrder, InvoiceProblem, Issued

DIGITS = 20
MOST_FEN = 10_000_000_00


class StandIn:
    """Issues at once; refuses what a real service refuses: no title, nothing to invoice, too much for one invoice."""

    def issue(self, order: InvoiceOrder) -> Issued:
        if not order.title.strip() or not 0 < order.fen <= MOST_FEN:
            raise InvoiceProblem("title and amount must be there")
        if sum(line.fen for line in order.lines) != order.fen:
            raise InvoiceProblem("the lines do not add up to the amount")
        digest = hashlib.sha256(order.number.encode()).hexdigest()
        number = f"{int(digest, 16) % 10**DIGITS:0{DIGITS}d}"
        return Issued(number, f"https://invoice.example/{number}")
