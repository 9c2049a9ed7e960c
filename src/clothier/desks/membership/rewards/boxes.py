"""Blind boxes: drafted and published by head office; odds, draws and the proof for everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clothier.desks.membership.rewards.forms import BoxForm, PrizeForms
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.cells import written
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.rewards import selectors, services
from clothier.staff.middleware import ViewerRequest
from clothier.standards.selectors import document

PAGE = 50
# So many draws, the latest, the table of one box holds.
TABLE = 100_000


@require_GET
@signed_in(Role.OPERATOR)
def listing(request: ViewerRequest) -> HttpResponseBase:
    return render(request, "membership/rewards/boxes.html", {"boxes": selectors.boxes()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Role.OPERATOR)
def new(request: ViewerRequest) -> HttpResponseBase:
    form, prizes = BoxForm(request.POST or None), PrizeForms(request.POST or None, prefix="prizes")
    if request.method == "POST" and form.is_valid() and prizes.is_valid():
        said = dict(form.cleaned_data)
        facts = [prize.facts() for prize in prizes if prize.has_changed()]
        try:
            made = services.draft_box(budget_fen=said.pop("budget"), prizes=facts, **said)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("membership:box-draft", made.pk)
    status = 422 if form.errors or any(prizes.errors) else 200
    return render(request, "membership/rewards/box_form.html", {"form": form, "prizes": prizes}, status=status)


@require_GET
@signed_in(Role.OPERATOR)
def draft(request: ViewerRequest, box: int) -> HttpResponseBase:
    row = selectors.box(box)
    if row is None:
        raise Http404
    return render(request, "membership/rewards/box_draft.html", _facts(row))


@require_POST
@signed_in(Role.OPERATOR)
def publication(request: ViewerRequest, box: int) -> HttpResponseBase:
    if selectors.box(box) is None:
        raise Http404
    row = services.open_box(box=box, actor=request.viewer.employee)
    toast(request, _("已公布；种子的哈希和概率不会再变。"))
    return redirect("membership:box", row.code)


@require_GET
def published(request: HttpRequest, code: str) -> HttpResponseBase:
    """The odds, the hash of the seed, every draw, and after the end the proof: for anybody."""
    row = selectors.published_box(code)
    if row is None:
        raise Http404
    before = number(request.GET.get("before", ""))
    draws = selectors.draws(row, before=before, limit=PAGE)
    nth, choice = (number(request.GET.get(name, "")) for name in ("nth", "choice"))
    context = {
        **_facts(row),
        "draws": draws,
        "next": f"?before={draws[-1].nth}" if len(draws) == PAGE else "",
        "nth": nth,
        "choice": choice,
        "check": selectors.check(row, nth=nth, choice=choice) if nth and choice else None,
    }
    return render(request, "membership/rewards/box.html", context)


@require_GET
def draws_table(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every draw as a table, so that nobody has to trust the page; nothing in it says who drew."""
    row = selectors.published_box(code)
    if row is None:
        raise Http404
    heads = ["draw", "choice", "ticket", "prize", "fallback"]
    draws = selectors.draws(row, limit=TABLE)
    rows = ([draw.nth, draw.choice, draw.ticket, draw.prize.name, int(draw.fallback)] for draw in reversed(draws))
    response = HttpResponse("\ufeff" + written([heads, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.code}.csv"'
    return response


def _facts(row: Any) -> dict[str, Any]:
    rule = document("rewards").blind_box
    return {
        "box": row,
        "odds": selectors.odds(row),
        "fallback": rule.fallback.name.say(get_language() or ""),
        "fallback_points": rule.fallback.points,
    }
