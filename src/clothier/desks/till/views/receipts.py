"""The customer's own receipt, behind a link that only its holder has."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clothier.checkout import services
from clothier.checkout.selectors import SaleView, sale_by_link, titles_of
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.limits import address, spare
from clothier.desks.till.forms import InvoiceForm
from clothier.desks.till.selectors.receipt import invoiced, receipt_of
from clothier.kernel.errors import Refused


@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    found = sale_by_link(token)
    if found is None:
        raise Http404
    view, gift = found
    return _shown(request, view, token, gift=gift, form=InvoiceForm(initial=_initial(view)))


@require_POST
def invoice(request: HttpRequest, token: str) -> HttpResponse:
    """The customer asks for the invoice; whoever has the gift's receipt cannot."""
    found = sale_by_link(token)
    if found is None or found[1]:
        raise Http404
    spare("invoice", address(request), a_minute=10)
    form = InvoiceForm(request.POST)
    if form.is_valid():
        try:
            services.request_invoice(order=found[0].order.pk, to=services.To(**form.cleaned_data))
        except Refused as refused:
            refuse(form, refused)
        else:
            return HttpResponseRedirect(reverse("till:receipt", args=[token]) + "#invoice")
    return _shown(request, found[0], token, gift=False, form=form)


def _initial(view: SaleView) -> dict[str, str]:
    """The title used last; a receipt in strange hands shows no personal name."""
    known = next((one for one in titles_of(view.order.customer_id) if one.kind == "company"), None)
    return {"kind": known.kind, "title": known.title, "tax_number": known.tax_number} if known else {}


def _shown(request: HttpRequest, view: SaleView, token: str, *, gift: bool, form: InvoiceForm) -> HttpResponse:
    context = {"r": receipt_of(view, gift=gift), "token": token, "form": form, **invoiced(view.order.pk)}
    response = render(request, "till/receipt.html", context, status=422 if form.errors else 200)
    # The address is the key: no search engine may learn it; other sites that are gone on to never do.
    response["X-Robots-Tag"] = "noindex"
    return response
