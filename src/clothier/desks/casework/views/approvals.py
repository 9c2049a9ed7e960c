"""What waits for a yes: on one page for everybody who may say it, and for those who wait to see where it lies."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clothier.cases import services
from clothier.cases.selectors import approvals_for, compensation_for, words
from clothier.cases.selectors.giving import deciding_each, turn_of
from clothier.customers.selectors import faces
from clothier.desks.casework.access import CLERKS
from clothier.desks.rulebook.words import role
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.facts import fact
from clothier.desks.shell.toasts import toast
from clothier.kernel import clock
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of
from clothier.standards.contracts import role_resolver
from clothier.standards.selectors import subjects_promises


@signed_in(*CLERKS)
@require_safe
def waiting(request: ViewerRequest) -> HttpResponse:
    rows = approvals_for(request.viewer)
    told = deciding_each(rows, request.viewer.employee or 0)
    holders = cache(lambda role, store: names_of(role_resolver.ask(role, store, None, clock.now())))
    asked = [one.pk for one in rows]
    clocks = subjects_promises(request.viewer, kind="compensation", ids=asked, language=get_language() or "zh")
    context = {
        "rows": [(one, one.case.unseal(one.sealed), role, "" if role else _turn(one, holders)) for one, role in told],
        "clocks": {pk: found[0] for pk, found in clocks.items()},
        "people": names_of([one.asked_by for one in rows]),
        "faces": faces(request.viewer, [one.case.customer_id for one in rows]),
        "w": words,
    }
    return render(request, "casework/approvals.html", context)


def _turn(asked: Any, holders: Callable[[str, int | None], dict[int, str]]) -> str:
    """The role whose yes it wants and who fills it, whoever asked left out."""
    code = turn_of(asked)
    people = [name for pk, name in holders(code, asked.case.store_id).items() if pk != asked.asked_by]
    return " ".join([role(code), "、".join(people[:3])]).strip() if code else ""


@signed_in(*CLERKS)
@require_POST
def decision(request: ViewerRequest, compensation: int) -> HttpResponse:
    """Yes or no; what was approved and could not be issued is tried again."""
    if compensation_for(request.viewer, compensation) is None:
        raise Http404
    said, yes = fact(request), request.POST.get("yes", "")
    actor, key, reason = said["actor"], said["key"], request.POST.get("reason", "")
    if yes == "again":
        done = services.issue(compensation=compensation, actor=actor)
        toast(request, done.problem or _("补偿已发放"), bad=bool(done.problem))
    elif yes == "1":
        done = services.approve(compensation=compensation, note=reason, actor=actor, key=key)
        toast(request, done.problem or _("已批准并发放"), bad=bool(done.problem))
    else:
        services.refuse(compensation=compensation, reason=reason, actor=actor, key=key)
        toast(request, _("未批准，申请人会看到原因"))
    return back(request, reverse("casework:approvals"))
