"""What risk rules flagged and what providers contradicted: somebody looks, and writes what it was."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.customers.selectors import faces
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.refs import number
from clothier.payments.selectors import discrepancies_for, flags_for, say_rule, verdicts
from clothier.payments.services import review_flag, settle_discrepancy
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of

PAGE = 30
M = TypeVar("M", bound=Model)


@require_GET
@signed_in(Role.OPERATOR)
def queue(request: ViewerRequest) -> HttpResponseBase:
    """Flags to be reviewed, newest first."""
    found, next_ = _page(request, flags_for(request.viewer))
    facts = {
        "flags": found,
        "next": next_,
        "names": names_of(flag.actor_id for flag in found),
        "verdicts": verdicts(),
        "say_rule": say_rule,
        "faces": faces(request.viewer, [flag.customer_id for flag in found]),
    }
    return render(request, "finance/risk.html", facts)


@require_GET
@signed_in(Role.OPERATOR)
def contradictions(request: ViewerRequest) -> HttpResponseBase:
    """What providers said that does not fit, newest first."""
    found, next_ = _page(request, discrepancies_for(request.viewer))
    return render(request, "finance/contradictions.html", {"rows": found, "next": next_})


@require_POST
@signed_in(Role.OPERATOR)
def review(request: ViewerRequest, flag: int) -> HttpResponseBase:
    row = get_object_or_404(flags_for(request.viewer), pk=flag)
    review_flag(
        flag=row.pk,
        verdict=request.POST.get("verdict", ""),
        note=request.POST.get("note", "")[:200],
        actor=request.viewer.employee,
    )
    toast(request, _("已复核"))
    return redirect("finance:risk")


@require_POST
@signed_in(Role.OPERATOR)
def settlement(request: ViewerRequest, discrepancy: int) -> HttpResponseBase:
    row = get_object_or_404(discrepancies_for(request.viewer), pk=discrepancy)
    settle_discrepancy(discrepancy=row.pk, note=request.POST.get("note", "")[:200], actor=request.viewer.employee)
    toast(request, _("已处理"))
    return redirect("finance:contradictions")


def _page(request: ViewerRequest, rows: "QuerySet[M]") -> tuple[list[M], str]:
    """A page of rows by key, and the address of the next."""
    before = number(request.GET.get("before", ""))
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    return found[:PAGE], f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
