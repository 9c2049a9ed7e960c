"""The programme at a glance: who is in which tier, what is owed and when it expires."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clothier.customers.contracts import Kind
from clothier.customers.selectors import by_identifier
from clothier.desks.shell.access import signed_in
from clothier.kernel.access import Role
from clothier.kernel.cells import XLSX, workbook
from clothier.loyalty.selectors import Programme, campaigns, programme
from clothier.staff.middleware import ViewerRequest
from clothier.standards.selectors import document

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
SHOWN = 24


@signed_in(Role.OPERATOR)
@require_safe
def overview(request: ViewerRequest) -> HttpResponse:
    sought = request.GET.get("member", "").strip()
    found = by_identifier(Kind.MEMBER, sought) or by_identifier(Kind.PHONE, sought) if sought else None
    if found is not None:
        return redirect("membership:member", found)
    stands = programme()
    context = {
        "stands": stands,
        "tiers": _tiers(stands) if stands else [],
        "chart": _chart(stands) if stands else None,
        "running": [each for each in campaigns() if each.is_running()],
        "sought": sought,
    }
    return render(request, "membership/overview.html", context)


@signed_in(Role.OPERATOR)
@require_safe
def export(request: ViewerRequest) -> HttpResponse:
    """Points owed by month of expiry, as a workbook."""
    stands = programme()
    months = stands.months if stands else ()
    rows = [[month.expires_on, month.points, month.fen / 100] for month in months]
    file = workbook(_("积分负债"), [[_("到期日"), _("积分"), _("折合（元）")], *rows])
    response = HttpResponse(file, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="points.xlsx"'
    return response


def _tiers(stands: Programme) -> list[dict[str, Any]]:
    """Highest first, with those below the first tier at the end; part of all members, 0–1."""
    language, everybody = get_language() or "", max(sum(stands.members.values()), 1)
    named = [(tier.key, tier.name.say(language)) for tier in reversed(document("loyalty").tiers)]
    return [
        {"name": name, "count": stands.members.get(key, 0), "part": stands.members.get(key, 0) / everybody}
        for key, name in [*named, ("", _("普通会员"))]
    ]


def _chart(stands: Programme) -> dict[str, Any]:
    values = [{"month": f"{month.expires_on:%Y-%m}", "points": month.points} for month in stands.months[:SHOWN]]
    month, points = {"field": "month", "type": "ordinal"}, {"field": "points", "type": "quantitative"}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 240,
        "data": {"values": values},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {**month, "axis": {"title": None, "labelAngle": -45}},
            "y": {**points, "axis": {"title": None, "format": "~s"}},
            "tooltip": [{**month, "title": _("到期月")}, {**points, "title": _("积分"), "format": ",d"}],
        },
    }
