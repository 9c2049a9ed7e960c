"""The fairness report, on a page and as a table to hand over."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.customers.selectors import layer_names
from clothier.desks.membership.rewards.grounds import ground_name
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.cells import written
from clothier.kernel.money import Money
from clothier.loyalty.selectors import tier_named
from clothier.places.selectors import store_names
from clothier.rewards import selectors, services
from clothier.rewards.contracts import Finding
from clothier.staff.middleware import ViewerRequest
from clothier.standards.selectors import document

SHOWN = 50


@require_GET
@signed_in(Role.OPERATOR)
def page(request: ViewerRequest) -> HttpResponseBase:
    count = selectors.fairness_count()
    lines = list(_lines(selectors.fairness_findings(count, limit=SHOWN))) if count else []
    context = {
        "count": count,
        "lines": lines,
        "more": count.found - len(lines) if count else 0,
        "rule": document("rewards").fairness,
    }
    return render(request, "membership/rewards/fairness.html", context)


@require_POST
@signed_in(Role.OPERATOR)
def counting(request: ViewerRequest) -> HttpResponseBase:
    """Anew and at once: seconds where there are a million customers, and nobody else waits."""
    services.count_fairness()
    toast(request, _("已重新统计。"))
    return redirect("membership:fairness")


@require_GET
@signed_in(Role.OPERATOR)
def table(request: ViewerRequest) -> HttpResponseBase:
    heads = [
        _("券"), _("会员等级"), _("价值分层"), _("门店"), _("同类人数"), _("得到的人数"), _("没得到的人数"),
        _("占比 %"), _("张数"), _("已减（元）"), _("依据"), _("说明"),
    ]  # fmt: skip
    count = selectors.fairness_count()
    rows = [
        [
            line["name"], line["tier"], line["layer"], line["store"], line["alike"], line["got"], line["without"],
            f"{line['share']:.1f}", line["coupons"], f"{line['off_fen'] / 100:.2f}", line["grounds"], line["words"],
        ]
        for line in _lines(selectors.fairness_findings(count) if count else [])
    ]  # fmt: skip
    response = HttpResponse("\ufeff" + written([heads, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="fairness.csv"'
    return response


def _lines(found: list[Finding]) -> Iterator[dict[str, Any]]:
    ids = {one.template for one in found}
    names, reasons = selectors.template_names(ids), selectors.batch_reasons(ids)
    layers, stores = layer_names(), store_names({one.group.store for one in found})
    for one in found:
        tier = tier_named(one.group.tier)
        line = {
            "template": one.template,
            "name": names.get(one.template, ""),
            "tier": tier.name.say(get_language() or "") if tier else _("未入级"),
            "layer": layers.get(one.group.layer, "—"),
            "store": stores.get(one.group.store, "—"),
            "alike": one.alike,
            "got": one.given.people,
            "without": one.without,
            "share": one.share,
            "coupons": one.given.coupons,
            "off_fen": one.given.off_fen,
            "grounds": _grounds(one.given.grounds, reasons.get(one.template, [])),
            "open": bool(one.open_grounds),
        }
        yield {**line, "words": _words(line)}


def _grounds(grounds: dict[str, int], reasons: list[str]) -> str:
    """Each ground with its coupons; a segment's with the reason somebody gave."""
    told = [
        f"{ground_name(ground)} × {count}"
        + (f"（{'；'.join(reasons[:3])}）" if ground == "segment" and reasons else "")
        for ground, count in sorted(grounds.items())
    ]
    return "、".join(told)


def _words(line: dict[str, Any]) -> str:
    """What the row says, in a sentence."""
    who = _("%(store)s的%(tier)s、%(layer)s顾客有 %(alike)s 人：") % line
    what = _("%(got)s 人得到“%(name)s”，%(without)s 人没有，已减 %(off)s。") % {**line, "off": Money(line["off_fen"])}
    asked = _("请说明为什么这些人不同。") if line["open"] else _("依据属于服务规范列明的理由。")
    return f"{who}{what}{asked}"
