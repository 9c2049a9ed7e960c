"""The month's report: on a page, on paper, and as a file."""

from datetime import date, timedelta

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clothier.cases.selectors import givers_of, month_report
from clothier.desks.casework.boxes import month_of
from clothier.desks.casework.monthly import as_csv, as_xlsx, tables
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.shops import shops_for
from clothier.kernel import clock
from clothier.kernel.access import Role
from clothier.kernel.cells import XLSX
from clothier.kernel.refs import number
from clothier.kernel.replica import from_replica
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of
from clothier.standards.selectors import document

READERS = (Role.MANAGER, Role.OPERATOR)


@signed_in(*READERS)
@require_safe
@from_replica
def page(request: ViewerRequest) -> HttpResponseBase:
    first, store, shops = _asked(request)
    month = month_report(request.viewer, first, store=store)
    givers = givers_of(request.viewer, first, store=store)
    aims = {one.key: one for one in document("targets").targets}
    context = {
        "month": month,
        "tables": tables(month, shops, store=store, address=reverse("casework:list")),
        "givers": givers,
        "people": names_of([one.employee_id for one in givers]),
        "budget": None if any(one.budget_fen is None for one in givers) else sum(one.budget_fen or 0 for one in givers),
        "used": sum(one.fen for one in givers),
        "shops": shops,
        "store": store,
        "before": _month(first - timedelta(days=1)),
        "after": _month(first + timedelta(days=32)),
        "now": _month(first),
        "latest": first >= _today().replace(day=1),
        "aims": aims,
        "scale": document("cases").scale,
    }
    return render(request, "casework/report.html", context)


@signed_in(*READERS)
@require_safe
@from_replica
def export(request: ViewerRequest) -> HttpResponseBase:
    """A line for every kind, topic, severity, store and cause there was; numbers only, no customer."""
    first, store, shops = _asked(request)
    month = month_report(request.viewer, first, store=store)
    name = f"cases-{_month(first)}"
    if request.GET.get("as") == "xlsx":
        return _file(as_xlsx(month, shops), f"{name}.xlsx", XLSX)
    return _file(as_csv(month, shops), f"{name}.csv", "text/csv; charset=utf-8")


def _asked(request: ViewerRequest) -> tuple[date, int | None, dict[int, str]]:
    """The month and the store that were asked for, no month to come and no store of others; and the stores' names."""
    shops = {shop.id: shop.name for shop in shops_for(request.viewer)}
    told, today = number(request.GET.get("store", "")), _today()
    first = min(month_of(request.GET.get("month", "")) or today, today).replace(day=1)
    return first, told if told in shops else None, shops


def _today() -> date:
    return timezone.localdate(clock.now())


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
