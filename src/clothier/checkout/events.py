"""What happens at the till."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class SaleRecorded(Event):
    """Goods were sold. `total_fen` is the whole order, `goods_fen` its goods alone; `lines` and `pieces` count."""

    type: ClassVar[str] = "sale.recorded"
    order_id: int
    total_fen: int
    goods_fen: int = 0
    currency: str = "CNY"
    lines: int = 0
    pieces: int = 0
    visit_id: int | None = None


class ReturnRecorded(Event):
    """Goods came back or an order was cancelled: the sums are negative."""

    type: ClassVar[str] = "return.recorded"
    order_id: int
    kind: str = "return"
    total_fen: int
    goods_fen: int = 0
    currency: str = "CNY"
    lines: int = 0
    pieces: int = 0
    visit_id: int | None = None


class OrderWithdrawn(Event):
    """An order that an import brought was taken back with it: it is in no sum any more. `kind` as it was recorded."""

    type: ClassVar[str] = "order.withdrawn"
    order_id: int
    import_id: int
    kind: str
    total_fen: int
    currency: str = "CNY"


class CartOpened(Event):
    """Somebody begins to buy: at the till (personal) or on the customer's own phone (silent)."""

    type: ClassVar[str] = "cart.opened"
    cart_id: int
    mode: str = "personal"
    visit_id: int | None = None


class CartChanged(Event):
    """Something was added or chosen: `what` is goods, back, member, points, coupon, wearer or gift; `of` its number."""

    type: ClassVar[str] = "cart.changed"
    cart_id: int
    what: str
    of: int | None = None
    amount: int = 0


class CartCorrected(Event):
    """Something was made less or cheaper before payment: `what` is quantity, removed or price; fen or pieces."""

    type: ClassVar[str] = "cart.corrected"
    cart_id: int
    what: str
    sku_id: int
    before: int
    after: int


class CartConfirmed(Event):
    """The customer said yes to the goods, the discounts or the amount, with so much to pay."""

    type: ClassVar[str] = "cart.confirmed"
    cart_id: int
    what: str
    fen: int


class CartSuspended(Event):
    type: ClassVar[str] = "cart.suspended"
    cart_id: int


class CartResumed(Event):
    """Taken up again; or the customer changed something after payment had begun, and nothing had been paid."""

    type: ClassVar[str] = "cart.resumed"
    cart_id: int


class CartDropped(Event):
    """Nothing was bought. Its coupons are free again and what had been paid goes back."""

    type: ClassVar[str] = "cart.dropped"
    cart_id: int


class OrderExchanged(Event):
    """Goods for goods, as one event: the new sale, the returns, and what each half is worth.

    `due_fen` was paid on top; `back_fen` went back to the customer.
    """

    type: ClassVar[str] = "order.exchanged"
    order_id: int
    return_ids: list[int]
    total_fen: int
    returned_fen: int
    due_fen: int = 0
    back_fen: int = 0
    currency: str = "CNY"
    pieces: int = 0
    visit_id: int | None = None


class ReceiptPrinted(Event):
    """`copy_number` 1 is the receipt itself; the others say that they are reprints."""

    type: ClassVar[str] = "receipt.printed"
    order_id: int
    copy_number: int
    gift: bool = False


class InvoiceRequested(Event):
    type: ClassVar[str] = "invoice.requested"
    invoice_id: int
    order_id: int
    fen: int


class InvoiceIssued(Event):
    type: ClassVar[str] = "invoice.issued"
    invoice_id: int
    order_id: int
    fen: int


class InvoiceWithdrawn(Event):
    """The customer asked for none after all, or for one made out to somebody else."""

    type: ClassVar[str] = "invoice.withdrawn"
    invoice_id: int
    order_id: int
    fen: int
