"""One person or two: the queue, the comparison, the decision and its undoing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.customers import services
from clothier.customers.selectors import decided_pairs, layer_names, open_pairs, pair
from clothier.customers.services import review
from clothier.desks.profiles.desk import KEEPERS, back, person_or_404
from clothier.desks.profiles.evidence import evidence
from clothier.desks.profiles.forms import MergeForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.staff.middleware import ViewerRequest


@signed_in(*KEEPERS)
def queue(request: ViewerRequest) -> HttpResponse:
    pairs, after = open_pairs(request.viewer, after=request.GET.get("after", ""))
    context = {
        "pairs": [(found, evidence(found)) for found in pairs],
        "decided": decided_pairs(request.viewer),
        "next": f"?after={after}" if after else "",
    }
    return render(request, "profiles/review.html", context)


@signed_in(*KEEPERS)
def compare(request: ViewerRequest, pk: int) -> HttpResponse:
    found = pair(request.viewer, pk)
    if found is None:
        raise Http404
    context: dict[str, Any] = {
        "pair": found,
        "sides": (found.left, found.right),
        "evidence": evidence(found.duplicate),
        "layers": layer_names(),
    }
    return render(request, "profiles/pair.html", context)


@require_POST
@signed_in(*KEEPERS)
def accept(request: ViewerRequest, pk: int) -> HttpResponse:
    review.accept(duplicate_id=pk, actor=request.viewer.employee)
    toast(request, _("已合并为一位顾客。"), undo=reverse("profiles:reopen", args=[pk]))
    return redirect("profiles:review")


@require_POST
@signed_in(*KEEPERS)
def reject(request: ViewerRequest, pk: int) -> HttpResponse:
    review.reject(duplicate_id=pk, actor=request.viewer.employee)
    toast(request, _("已标为两位不同的顾客。"), undo=reverse("profiles:reopen", args=[pk]))
    return redirect("profiles:review")


@require_POST
@signed_in(*KEEPERS)
def reopen(request: ViewerRequest, pk: int) -> HttpResponse:
    review.undo(duplicate_id=pk, actor=request.viewer.employee)
    toast(request, _("已恢复原状，可以重新判断。"))
    return redirect("profiles:pair", pk)


@require_POST
@signed_in(*KEEPERS)
def unlink(request: ViewerRequest, pk: int) -> HttpResponse:
    record = services.unmerge(link_id=pk, actor=request.viewer.employee)
    toast(request, _("已拆分，两边的资料各归各位。"))
    return back(record)


@require_POST
@signed_in(*KEEPERS)
def merge_by_hand(request: ViewerRequest, pk: int) -> HttpResponse:
    person, form = person_or_404(pk), MergeForm(request.POST)
    if form.is_valid():
        other = person_or_404(form.cleaned_data["other"])
        link = services.merge(a=person, b=other, actor=request.viewer.employee)
        toast(request, _("已合并为一位顾客。"), undo=reverse("profiles:unlink", args=[link]))
    return back(person)
