"""Cases by box, filtered, found, and as a file."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clothier.cases.contracts import CaseView
from clothier.cases.selectors import case_for, words
from clothier.catalog.selectors import style
from clothier.customers.selectors import faces
from clothier.desks.casework.access import CLERKS
from clothier.desks.casework.boxes import BOXES, Asked, page_of, rows_of
from clothier.desks.casework.monthly import cause_name
from clothier.desks.casework.views.report import READERS
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.shops import shops_for
from clothier.kernel.cells import written
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of

EXPORTED = 5_000


@signed_in(*CLERKS)
@require_safe
def listed(request: ViewerRequest) -> HttpResponse:
    """One box; a search by number leads to the case at once."""
    asked = Asked.of(request.GET)
    known = number(asked.query.upper().removeprefix("S"))
    if known is not None and len(asked.query) < 9 and case_for(request.viewer, known):
        return HttpResponseRedirect(reverse("casework:case", args=[known]))
    shops = shops_for(request.viewer)
    page = page_of(request.viewer, asked)
    context = {
        "asked": asked,
        "rows": rows_of(request.viewer, page.cases, {shop.id: shop.name for shop in shops}),
        "next": _with(request.GET)(before=str(page.before)) if page.before else "",
        "tabs": [
            {"label": label, "href": _with(request.GET)(box=box, q=""), "current": box == asked.box and not asked.query}
            for box, label in BOXES.items()
        ],
        "shops": shops,
        "w": words,
        "changed": _with(request.GET),
        "style": style(asked.style) if asked.style is not None else None,
        "face": faces(request.viewer, [asked.customer]).get(asked.customer or 0) if asked.customer else None,
        "cause": cause_name(asked.cause) if asked.cause is not None else "",
        "reads": request.viewer.may(*READERS),
        "query": request.GET.urlencode(),
    }
    return render(request, "casework/list.html", context)


@signed_in(*CLERKS)
@require_safe
def export(request: ViewerRequest) -> HttpResponse:
    """The box as a table: codes, moments and numbers, no word of any customer."""
    cases = page_of(request.viewer, Asked.of(request.GET), limit=EXPORTED).cases
    owners, shops = names_of([case.owner_id for case in cases]), {s.id: s.name for s in shops_for(request.viewer)}
    heads = [
        _("单号"),
        _("类型"),
        _("主题"),
        _("严重程度"),
        _("状态"),
        _("门店"),
        _("负责人"),
        _("原因"),
        _("开立时间"),
        _("最近变化"),
    ]
    rows = [_cells(case, owners, shops) for case in cases]
    response = HttpResponse(written([heads, *rows]).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response


def _cells(case: CaseView, owners: dict[int, str], shops: dict[int, str]) -> list[Any]:
    return [
        case.number,
        str(words.KIND_NAMES[case.kind]),
        str(words.TOPIC_NAMES[case.topic]),
        str(words.SEVERITY_NAMES[case.severity]),
        str(words.STATE_NAMES[case.state]),
        shops.get(case.store_id or 0, ""),
        owners.get(case.owner_id or 0, ""),
        case.cause,
        case.opened_at.isoformat(timespec="seconds"),
        case.changed_at.isoformat(timespec="seconds"),
    ]


def _with(query: QueryDict) -> Any:
    def changed(**said: str) -> str:
        """The same address with these filters changed, from its first page."""
        told = query.copy()
        told.pop("before", None)
        for name, value in said.items():
            told.pop(name, None)
            if value:
                told[name] = value
        return f"?{told.urlencode()}"

    return changed
