"""What the customer bought: receipts, invoices, and the way to bring something back."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from clothier.cases.selectors import claims
from clothier.checkout.selectors import SaleView, bought_by, invoice_of, own_sale, receipt_link
from clothier.customers.selectors import records_of
from clothier.desks.member.doors import let_in
from clothier.kernel.refs import number

PAGE = 15


@let_in
@require_safe
def listed(request: HttpRequest, customer: int) -> HttpResponse:
    rows = bought_by(records_of(customer), before=place(request), limit=PAGE + 1)
    last = rows[PAGE - 1][0] if len(rows) > PAGE else None
    more = f"?{urlencode({'at': last.occurred_at.isoformat(), 'id': last.pk})}" if last else ""
    return render(request, "member/orders.html", {"orders": rows[:PAGE], "next": more})


@let_in
@require_safe
def one(request: HttpRequest, customer: int, order: int) -> HttpResponse:
    sale = sale_or_404(customer, order)
    context = {
        "s": sale,
        "order": sale.order,
        "receipt": receipt_link(order),
        "invoice": invoice_of(order),
        "claims": claims(sold.line.pk for sold in sale.lines),
    }
    return render(request, "member/order.html", context)


def sale_or_404(customer: int, order: int) -> SaleView:
    """Theirs, or not found."""
    sale = own_sale(records_of(customer), order)
    if sale is None:
        raise Http404
    return sale


def place(request: HttpRequest) -> tuple[datetime, int] | None:
    """Where a page of a list begins; the beginning for anything that is no place."""
    pk = number(request.GET.get("id", ""))
    try:
        at = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        return None
    return (at, pk) if pk is not None and at and at.tzinfo else None
