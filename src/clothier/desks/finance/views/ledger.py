"""The ledger: a report by store and method, and the bookings as a file."""

from datetime import date, timedelta

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clothier.desks.finance import ledgers
from clothier.desks.finance.forms import LedgerForm
from clothier.desks.finance.words import line_word
from clothier.desks.shell.access import signed_in
from clothier.kernel import clock
from clothier.kernel.access import Role
from clothier.kernel.cells import XLSX
from clothier.places.selectors import store_names
from clothier.settlement.selectors import ledger, methods_between, their_date
from clothier.staff.middleware import ViewerRequest


@require_GET
@signed_in(Role.OPERATOR)
def ledger_page(request: ViewerRequest) -> HttpResponseBase:
    form = _form(request)
    if not form.is_valid():
        return render(request, "finance/ledger.html", {"form": form}, status=422)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    rows = methods_between(request.viewer, first=first, last=last)
    names = store_names(store for store, *_rest in rows)
    facts = {
        "form": form,
        "first": first,
        "last": last,
        "rows": [(names.get(store, ""), line_word(line), n, fen, fee) for store, line, n, fen, fee in rows],
        "fen": sum(row[3] for row in rows),
        "fees": sum(row[4] for row in rows),
    }
    return render(request, "finance/ledger.html", facts)


@require_GET
@signed_in(Role.OPERATOR)
def export(request: ViewerRequest) -> HttpResponseBase:
    form = _form(request)
    if not form.is_valid():
        return render(request, "finance/ledger.html", {"form": form}, status=422)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    booked = ledger(request.viewer, first=first, last=last)
    if request.GET.get("as") == "xlsx":
        return _file(ledgers.as_xlsx(booked), f"ledger-{first}-{last}.xlsx", XLSX)
    return _file(ledgers.as_csv(booked), f"ledger-{first}-{last}.csv", "text/csv; charset=utf-8")


def _form(request: ViewerRequest) -> LedgerForm:
    """Asked for, or the month so far."""
    today = their_date(clock.now())
    usual: dict[str, date] = {"first": today - timedelta(days=30), "last": today}
    return LedgerForm({**usual, **request.GET.dict()})


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
