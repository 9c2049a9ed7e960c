"""Postings that were given up: sent again, or let go."""

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.api import services
from clothier.api.selectors import postings, subscriptions
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.desks.studio import machines
from clothier.kernel.access import Role
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest


@require_GET
@signed_in(Role.OPERATOR)
def listing(request: ViewerRequest) -> HttpResponseBase:
    before = number(request.GET.get("before", ""))
    facts = {**machines.parked(before=before), "hooks": machines.parked_by_hook(request.viewer)}
    return render(request, "studio/postings.html", facts)


@require_POST
@signed_in(Role.OPERATOR)
def again(request: ViewerRequest, posting: int) -> HttpResponseBase:
    row = get_object_or_404(postings(), pk=posting)
    services.retry(posting=row.pk, actor=request.viewer.employee)
    toast(request, _("已排进队列，马上再发。"))
    return _back(request, row.subscription_id)


@require_POST
@signed_in(Role.OPERATOR)
def dismissal(request: ViewerRequest, posting: int) -> HttpResponseBase:
    row = get_object_or_404(postings(), pk=posting)
    services.let_go(posting=row.pk, actor=request.viewer.employee)
    toast(request, _("已放弃，不再发送。"), undo=reverse("studio:posting-retry", args=[row.pk]))
    return _back(request, row.subscription_id)


@require_POST
@signed_in(Role.OPERATOR)
def retry_of(request: ViewerRequest, webhook: int) -> HttpResponseBase:
    row = get_object_or_404(subscriptions(), pk=webhook)
    found = services.retry_all(subscription=row.pk, actor=request.viewer.employee)
    toast(request, _("%(n)s 条已排进队列。") % {"n": found})
    return _back(request, row.pk)


@require_POST
@signed_in(Role.OPERATOR)
def dismissal_of(request: ViewerRequest, webhook: int) -> HttpResponseBase:
    row = get_object_or_404(subscriptions(), pk=webhook)
    found = services.let_all_go(subscription=row.pk, actor=request.viewer.employee)
    toast(request, _("已放弃 %(n)s 条，仍可在记录里逐条再发。") % {"n": found})
    return _back(request, row.pk)


def _back(request: ViewerRequest, webhook: int) -> HttpResponseBase:
    """To the page the button was on."""
    then = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(then, allowed_hosts=None):
        return redirect(then)
    return redirect("studio:webhook", webhook)
