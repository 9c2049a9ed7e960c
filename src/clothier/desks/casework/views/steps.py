"""A step taken on a case: each action's form, checked by the language guard where a customer reads it, to its verb."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.cases import services
from clothier.conversations.contracts import Blocked
from clothier.desks.casework.access import CLERKS, file_of
from clothier.desks.casework.actions import ACTIONS, form_of
from clothier.desks.casework.forms import LinkForm
from clothier.desks.casework.views.case import shown
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.facts import fact
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.language.services import check, hints
from clothier.staff.middleware import ViewerRequest
from clothier.standards.selectors import document


@signed_in(*CLERKS)
@require_POST
def take(request: ViewerRequest, case: int, action: str) -> HttpResponse:
    file, one = file_of(request.viewer, case), ACTIONS[action]
    form = form_of(one, request.viewer, file, request.POST)
    said = fact(request)
    if form.is_valid() and _theirs(request, form):
        try:
            one.verb(case=case, actor=said["actor"], key=said["key"], **form.cleaned_data)
        except Blocked as blocked:
            for hit in blocked.hits:
                told = {"said": hit.said, "better": " / ".join(hit.instead)}
                form.add_error("text", _("别说“%(said)s”，可以说：%(better)s") % told)
        except Refused as refused:
            refuse(form, refused)
        else:
            toast(request, str(one.said), undo=reverse(f"casework:{one.undo}", args=[case]) if one.undo else "")
            return back(request, reverse("casework:case", args=[case]))
    return shown(request, file, do=action, form=form, status=422)


@signed_in(*CLERKS)
@require_POST
def undo(request: ViewerRequest, case: int) -> HttpResponse:
    file_of(request.viewer, case)
    said = fact(request)
    services.undo(case=case, actor=said["actor"], key=said["key"])
    toast(request, _("已撤销"))
    return back(request, reverse("casework:case", args=[case]))


@signed_in(*CLERKS)
@require_POST
def wording(request: ViewerRequest) -> HttpResponse:
    """What the language guard says of a text while it is typed."""
    rules, text = document("language"), request.POST.get("text", "")[:5_000]
    complaint = request.POST.get("complaint") == "1"
    context = {
        "hits": check(text, rules, complaint=complaint),
        "hints": hints(text, rules, complaint=complaint) if len(text) > 7 else [],
        "language": get_language() or "",
    }
    return render(request, "casework/_wording.html", context)


def _theirs(request: ViewerRequest, form: forms.Form) -> bool:
    """Another case may be named where it may be read."""
    if isinstance(form, LinkForm):
        file_of(request.viewer, form.cleaned_data["other"])
    return True
