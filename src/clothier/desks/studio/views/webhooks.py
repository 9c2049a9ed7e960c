"""Where events are posted to."""

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clothier.api import services
from clothier.api.selectors import Subscription, subscriptions
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.desks.studio import machines
from clothier.desks.studio.forms import WebhookForm, facts_of
from clothier.desks.studio.views.once import shown
from clothier.desks.studio.words import name_of
from clothier.eventlog.services import AlreadyRecorded
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Role.OPERATOR)
def new(request: ViewerRequest) -> HttpResponseBase:
    form = WebhookForm(request.viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, form)
        except Refused as refused:
            refuse(form, refused)
        except AlreadyRecorded:
            toast(request, _("这个订阅已经建好了，签名密钥只显示那一次。没有抄下来就换一个。"), bad=True)
            return redirect("studio:connections")
    return _form(request, form, None)


def _made(request: ViewerRequest, form: WebhookForm) -> HttpResponseBase:
    said = form.cleaned_data
    row, secret = services.subscribe(
        url=said["url"],
        types=said["types"],
        stores=form.chosen_stores(),
        actor=request.viewer.employee,
        key=request.POST.get("key") or None,
    )
    return shown(request, title=_("签名密钥"), name=row.url, secret=secret, then=_address(row.pk))


@require_GET
@signed_in(Role.OPERATOR)
def page(request: ViewerRequest, webhook: int) -> HttpResponseBase:
    """One subscription and what became of its postings; while one is on its way the list asks again and again."""
    row = _find(webhook)
    facts = {
        "line": machines.hook_line(request.viewer, row),
        "hook": row,
        "names": [(code, name_of(code)) for code in row.types],
        **machines.postings(row, before=number(request.GET.get("before", ""))),
    }
    part = request.htmx and request.htmx.target == "postings"  # type: ignore[attr-defined]
    return render(request, "studio/_postings.html" if part else "studio/webhook.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Role.OPERATOR)
def edit(request: ViewerRequest, webhook: int) -> HttpResponseBase:
    row = _find(webhook)
    form = WebhookForm(request.viewer, request.POST or None, initial=facts_of(row))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.change_subscription(
                subscription=row.pk,
                url=said["url"],
                types=said["types"],
                stores=form.chosen_stores(),
                actor=request.viewer.employee,
            )
            toast(request, _("已保存，从下一个事件起照新的来。"))
            return redirect("studio:webhook", row.pk)
        except Refused as refused:
            refuse(form, refused)
    return _form(request, form, row)


@require_POST
@signed_in(Role.OPERATOR)
def pausing(request: ViewerRequest, webhook: int) -> HttpResponseBase:
    services.pause(subscription=_find(webhook).pk, actor=request.viewer.employee)
    toast(request, _("已暂停，之后的事件记着，恢复后补发。"), undo=reverse("studio:webhook-resumption", args=[webhook]))
    return redirect("studio:webhook", webhook)


@require_POST
@signed_in(Role.OPERATOR)
def resumption(request: ViewerRequest, webhook: int) -> HttpResponseBase:
    services.resume(subscription=_find(webhook).pk, actor=request.viewer.employee)
    toast(request, _("已恢复，先补发暂停期间的事件。"))
    return redirect("studio:webhook", webhook)


@require_POST
@signed_in(Role.OPERATOR)
def test(request: ViewerRequest, webhook: int) -> HttpResponseBase:
    services.send_test(subscription=_find(webhook).pk, actor=request.viewer.employee)
    toast(request, _("试发的一条已排进队列，结果见下面的记录。"))
    return redirect("studio:webhook", webhook)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Role.OPERATOR)
def secret(request: ViewerRequest, webhook: int) -> HttpResponseBase:
    """Asked first: the old secret signs for one more day."""
    row = _find(webhook)
    if request.method != "POST":
        return render(request, "studio/rotation.html", {"hook": row})
    try:
        made = services.rotate_secret(
            subscription=row.pk, actor=request.viewer.employee, key=request.POST.get("key") or None
        )
    except AlreadyRecorded:
        toast(request, _("签名密钥已经换过了，只显示那一次。没有抄下来就再换一个。"), bad=True)
        return redirect("studio:webhook", row.pk)
    return shown(request, title=_("新的签名密钥"), name=row.url, secret=made, then=_address(row.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Role.OPERATOR)
def removal(request: ViewerRequest, webhook: int) -> HttpResponseBase:
    row = _find(webhook)
    if request.method != "POST":
        line = machines.hook_line(request.viewer, row)
        return render(request, "studio/removal.html", {"hook": row, "line": line})
    services.unsubscribe(subscription=row.pk, actor=request.viewer.employee)
    toast(request, _("订阅已删除，不再发往这个地址。"))
    return redirect("studio:connections")


def _form(request: ViewerRequest, form: WebhookForm, row: Subscription | None) -> HttpResponseBase:
    facts = {"form": form, "hook": row, "chosen": set(form.chosen_types())}
    return render(request, "studio/webhook_form.html", facts, status=422 if form.errors else 200)


def _find(webhook: int) -> Subscription:
    return get_object_or_404(subscriptions(), pk=webhook)


def _address(webhook: int) -> str:
    return reverse("studio:webhook", args=[webhook])
