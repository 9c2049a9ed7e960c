"""Templates: listed, drafted, opened, sent to a segment, closed."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clothier.desks.membership.rewards.forms import ReasonForm, SendingForm, SingleForm, TemplateForm, said_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.places.selectors import store_names
from clothier.rewards import selectors, services
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of


@require_GET
@signed_in(Role.OPERATOR)
def listing(request: ViewerRequest) -> HttpResponseBase:
    rows, used = selectors.templates(), selectors.used_since(30)
    lines = [(row, selectors.promise_in_words(row.terms), *used.get(row.pk, (0, 0))) for row in rows]
    context = {"lines": lines, "risks": selectors.risky_steps()}
    return render(request, "membership/rewards/coupons.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Role.OPERATOR)
def new(request: ViewerRequest) -> HttpResponseBase:
    form = TemplateForm(request.viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.draft_template(facts=form.facts(), actor=request.viewer.employee)
        except Refused as refused:
            _refuse(form, refused)
        else:
            return redirect("membership:coupon", made.pk)
    return _form(request, form, _("新建券"))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Role.OPERATOR)
def edit(request: ViewerRequest, template: int) -> HttpResponseBase:
    row = _row(template)
    form = TemplateForm(request.viewer, request.POST or None, initial=said_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_template(template=template, facts=form.facts(), actor=request.viewer.employee)
        except Refused as refused:
            _refuse(form, refused)
        else:
            return redirect("membership:coupon", template)
    return _form(request, form, str(row))


@require_GET
@signed_in(Role.OPERATOR)
def page(request: ViewerRequest, template: int) -> HttpResponseBase:
    row = _row(template)
    batches = selectors.batches_of(template)
    if request.headers.get("HX-Request"):
        return render(request, "membership/rewards/_batches.html", {"row": row, "batches": batches})
    return _shown(request, row, batches, SendingForm(request.viewer))


@require_POST
@signed_in(Role.OPERATOR)
def opening(request: ViewerRequest, template: int) -> HttpResponseBase:
    services.open_template(template=_row(template).pk, actor=request.viewer.employee)
    toast(request, _("开始发放。"))
    return redirect("membership:coupon", template)


@require_POST
@signed_in(Role.OPERATOR)
def closing(request: ViewerRequest, template: int) -> HttpResponseBase:
    reason = request.POST.get("reason", "")
    services.close_template(template=_row(template).pk, reason=reason, actor=request.viewer.employee)
    toast(request, _("已停发；顾客手里的券照常可用。"))
    return redirect("membership:coupon", template)


@require_POST
@signed_in(Role.OPERATOR)
def sending(request: ViewerRequest, template: int) -> HttpResponseBase:
    """To everybody of a segment: the worker does it, the page shows how far it is."""
    row = _row(template)
    form = SendingForm(request.viewer, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        services.issue_to_segment(
            template=row.pk,
            segment=said["segment"],
            reason=said["reason"],
            actor=request.viewer.employee,
            key=request.POST.get("key") or None,
        )
        toast(request, _("开始发给这群人。"))
        return redirect("membership:coupon", template)
    return _shown(request, row, selectors.batches_of(template), form, status=422)


@require_POST
@signed_in(Role.OPERATOR)
def stopping(request: ViewerRequest, batch: int) -> HttpResponseBase:
    row = selectors.batch(batch)
    if row is None:
        raise Http404
    services.stop_batch(batch=batch, actor=request.viewer.employee)
    toast(request, _("已停下；发出的券照常可用。"))
    return redirect("membership:coupon", row.template_id)


def _row(template: int) -> Any:
    row = selectors.template(template)
    if row is None:
        raise Http404
    return row


def _shown(request: ViewerRequest, row: Any, batches: Any, sending: SendingForm, status: int = 200) -> HttpResponseBase:
    forms = {"sending": sending, "single": SingleForm(), "closing": ReasonForm()}
    context = {**_facts(row), **forms, "batches": batches}
    return render(request, "membership/rewards/coupon.html", context, status=status)


def _facts(row: Any) -> dict[str, Any]:
    used, fen = selectors.totals_of(row.pk)
    days = selectors.days_of(row.pk)
    steps = selectors.steps_of_template(row.pk)
    names = names_of(step.by_id for step in steps if step.by_id)
    return {
        "row": row,
        "promise": selectors.promise_in_words(row.terms),
        "stores": list(store_names(row.stores).values()),
        "used": used,
        "fen": fen,
        "days": [(day.day, day.issued, day.redeemed, day.off_fen) for day in reversed(days)][:14],
        "steps": [(step, names.get(step.by_id or 0, "")) for step in steps],
    }


def _refuse(form: TemplateForm, refused: Refused) -> None:
    """A verb speaks of a value; which of the fields that is, the kind says."""
    field = {"value": "percent" if form.cleaned_data["kind"] == "percent" else "amount", "gift_sku": "gift"}
    refuse(form, Refused(refused.message, field=field.get(refused.field, refused.field)))


def _form(request: ViewerRequest, form: TemplateForm, title: str) -> HttpResponseBase:
    context = {"form": form, "title": title}
    return render(request, "membership/rewards/coupon_form.html", context, status=422 if form.errors else 200)
