"""What a profile shows of the till: the last purchases, the words of the timeline, the rows of an export."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clothier.checkout import services
from clothier.checkout.events import InvoiceRequested, OrderExchanged, OrderWithdrawn, ReturnRecorded, SaleRecorded
from clothier.checkout.models import Order
from clothier.checkout.selectors import purchases_of
from clothier.customers.contracts import Panel, exporter, panel, timeline_sentence
from clothier.customers.events import CustomerErased
from clothier.eventlog.contracts import Happening, deferred, deferred_together
from clothier.kernel.access import Viewer
from clothier.kernel.money import Money
from clothier.kernel.refs import parse_ref
from clothier.payments.events import PaymentCaptured

SHOWN = 5
NAMED = 4


@panel("purchases", order=30)
def last_purchases(viewer: Viewer, customer_ids: Sequence[int]) -> Panel | None:
    """The person's latest orders with what was bought; nothing for somebody who never bought."""
    orders = purchases_of(viewer, customers=customer_ids, limit=SHOWN)
    if not orders:
        return None
    rows = [{"order": order, "goods": goods[:NAMED], "more": max(len(goods) - NAMED, 0)} for order, goods in orders]
    return Panel(title=_("最近购买"), template="checkout/panels/purchases.html", context={"rows": rows})


@timeline_sentence(SaleRecorded.type)
def say_sale(entry: Happening) -> Any:
    return _("购买 %(pieces)s 件，%(total)s") % _sums(entry)


@timeline_sentence(ReturnRecorded.type)
def say_return(entry: Happening) -> Promise | str:
    return _("退货 %(pieces)s 件，%(total)s") % _sums(entry)


@timeline_sentence(OrderWithdrawn.type)
def say_withdrawn(entry: Happening) -> Promise | str:
    total = Money(abs(entry.payload["total_fen"]), entry.payload.get("currency", "CNY"))
    return _("导入被撤销，%(total)s 的记录作废") % {"total": str(total)}


@timeline_sentence(OrderExchanged.type)
def say_exchange(entry: Happening) -> Promise | str:
    payload = entry.payload
    currency = payload.get("currency", "CNY")
    words = {"total": str(Money(payload["total_fen"], currency)), "back": str(Money(payload["returned_fen"], currency))}
    return _("换货：换回 %(back)s，换出 %(total)s") % words


@deferred("checkout.complete", PaymentCaptured.type)
def complete_paid(entry: Happening) -> None:
    """The last fen is in, whoever heard of it: where a till died meanwhile, the sale is made all the same."""
    of = parse_ref(entry.payload["of"])
    if of.kind == "cart" and entry.payload.get("paid"):
        services.settle(cart=of.id)


@deferred_together("checkout.sizes", SaleRecorded.type, OrderExchanged.type, known=True, past=False)
def learn_sizes(entries: list[Happening]) -> None:
    """What was bought says which size fits, and whom: the wearer, where that is not the buyer."""
    services.note_sizes([entry.subject_id for entry in entries])


@deferred("checkout.invoice", InvoiceRequested.type)
def have_it_issued(entry: Happening) -> None:
    """After the commit; while the service says no it is asked again, and the desk sees why."""
    services.ask_service(entry.subject_id)


@deferred("checkout.forget", CustomerErased.type)
def forget_titles(entry: Happening) -> None:
    services.forget_titles(customers=entry.payload["record_ids"])


@exporter("orders")
def export(customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Every order of the person, line by line."""
    orders = Order.objects.filter(customer_id__in=list(customer_ids)).order_by("occurred_at").prefetch_related("lines")
    return [_exported(order) for order in orders.iterator(chunk_size=500)]


def _sums(entry: Happening) -> dict[str, str]:
    payload = entry.payload
    total = Money(abs(payload["total_fen"]), payload.get("currency", "CNY"))
    return {"pieces": str(abs(payload.get("pieces", 0))), "total": str(total)}


def _exported(order: Order) -> dict[str, Any]:
    lines = [
        {"code": line.code, "description": line.description, "quantity": line.quantity, "total_fen": line.total_fen}
        for line in order.lines.all()
    ]
    return {
        "source": order.source,
        "number": order.number,
        "kind": order.kind,
        "occurred_at": order.occurred_at.isoformat(),
        "currency": order.currency,
        "total_fen": order.total_fen,
        "lines": lines,
    }
