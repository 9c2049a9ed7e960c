"""Sales as the till shows them afterwards: on the receipt, for a return, in a search by number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from clothier.checkout.contracts import LineKind, OrderKind
from clothier.checkout.models import Cart, Invoice, Order, OrderLine, ReceiptCopy, Reduction, Refund, Tender
from clothier.checkout.selectors.quoting import came_back
from clothier.kernel.access import Viewer
from clothier.kernel.refs import number

_receipt = Signer(salt="checkout.receipt")
_gift = Signer(salt="checkout.gift")


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line with what was taken off it and how many pieces may still come back."""

    line: OrderLine
    reductions: tuple[Reduction, ...]
    left: int

    @property
    def list_fen(self) -> int:
        return self.line.unit_price_fen * self.line.quantity


@dataclass(frozen=True, slots=True)
class SaleView:
    """An order of the till as a receipt shows it; `cart` is None where it came from elsewhere."""

    order: Order
    cart: Cart | None
    lines: tuple[SoldLine, ...]
    tenders: tuple[Tender, ...]
    refunds: tuple[Refund, ...]

    @property
    def list_fen(self) -> int:
        return sum(one.list_fen for one in self.lines)

    @property
    def saved_fen(self) -> int:
        return self.list_fen - sum(one.line.total_fen for one in self.lines)

    @property
    def names(self) -> dict[tuple[str, str], str]:
        """What took something off, by the words that the customer was told."""
        told = self.cart.priced if self.cart is not None and self.cart.priced else {"steps": []}
        return {(step[0], step[1]): step[2] for step in told["steps"]}

    @property
    def returnable(self) -> bool:
        return self.order.kind == OrderKind.SALE and any(one.left for one in self.lines)


def orders_for(viewer: Viewer) -> QuerySet[Order]:
    """Orders of the viewer's stores."""
    rows = Order.objects.select_related("store")
    return rows if viewer.stores is None else rows.filter(store__in=viewer.stores)


def sale_view(viewer: Viewer, order: int) -> SaleView | None:
    row = orders_for(viewer).filter(pk=order).first()
    return told(row) if row else None


def own_sale(customers: Iterable[int], order: int) -> SaleView | None:
    """A sale for the person who bought; None for anybody else's."""
    row = Order.objects.select_related("store").filter(pk=order, customer_id__in=list(customers)).first()
    return told(row) if row else None


def sales_here(
    viewer: Viewer, *, store: int, query: str = "", before: tuple[datetime, int] | None = None, limit: int = 20
) -> list[Order]:
    """Orders of a store, the latest first; with a query those of that very number, whichever store sold them."""
    rows = orders_for(viewer)
    if query:
        return list(rows.filter(number__iexact=query.strip()).order_by("-pk")[:limit])
    rows = rows.filter(store=store)
    if before:
        at, pk = before
        rows = rows.filter(occurred_at__lte=at).exclude(occurred_at=at, pk__gte=pk)
    return list(rows.order_by("-occurred_at", "-pk")[:limit])


def told(row: Order) -> SaleView:
    lines = list(OrderLine.objects.filter(order=row, kind=LineKind.GOODS).order_by("pk"))
    taken: dict[int, list[Reduction]] = defaultdict(list)
    for one in Reduction.objects.filter(line__in=lines).order_by("pk"):
        taken[one.line_id].append(one)
    back = came_back(line.pk for line in lines)
    return SaleView(
        order=row,
        cart=Cart.objects.filter(order=row).first(),
        lines=tuple(SoldLine(x, tuple(taken[x.pk]), max(x.quantity - back.get(x.pk, 0), 0)) for x in lines),
        tenders=tuple(Tender.objects.filter(order=row).order_by("-fen", "pk")),
        refunds=tuple(Refund.objects.filter(sale=row).select_related("order").order_by("pk")),
    )


def receipt_link(order: int, *, gift: bool = False) -> str:
    """What the receipt's address says: nobody guesses another's, and a gift's receipt does not lead to the prices."""
    return (_gift if gift else _receipt).sign(str(order))


def sale_by_link(token: str) -> tuple[SaleView, bool] | None:
    """The sale behind a receipt's link, and whether it is the gift's receipt, without prices."""
    for signer, gift in ((_receipt, False), (_gift, True)):
        try:
            pk = number(signer.unsign(token))
        except BadSignature:
            continue
        row = Order.objects.select_related("store").filter(pk=pk).first() if pk else None
        return (told(row), gift) if row else None
    return None


def copies_of(order: int) -> int:
    """How many times its receipt was printed."""
    return ReceiptCopy.objects.filter(order=order).count()


def invoice_of(order: int) -> Invoice | None:
    """The order's invoice, asked for or issued."""
    live = [Invoice.State.REQUESTED, Invoice.State.ISSUED]
    return Invoice.objects.filter(order=order, state__in=live).first()
