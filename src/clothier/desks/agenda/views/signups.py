"""Who comes: signed up by a colleague, checked in by code or by name, given up."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.bookings import services
from clothier.bookings.selectors import sign_up_view, sign_ups
from clothier.customers.selectors import records_of
from clothier.desks.agenda.access import AGENDA
from clothier.desks.agenda.forms import CodeForm, SignUpForm
from clothier.desks.agenda.views.activities import found, page
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest
from clothier.visits.services import customer_by


@require_POST
@signed_in(*AGENDA)
def add(request: ViewerRequest, activity: int) -> HttpResponse:
    view, shop = found(request.viewer, activity)
    form = SignUpForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            row = services.sign_up(
                activity=view.id,
                customer=told["customer"],
                seats=told["seats"],
                actor=request.viewer.employee,
                key=told["key"] or None,
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            text = _("已报名") if row.state == "seated" else _("名额已满，已列入候补")
            toast(request, text, undo=reverse("agenda:cancel-sign-up", args=[view.id, row.pk]))
            return back(request, reverse("agenda:activity", args=[view.id]))
    return render(request, "agenda/activity.html", page(request, view, shop, form=form), status=422)


@require_POST
@signed_in(*AGENDA)
def check_in(request: ViewerRequest, activity: int) -> HttpResponse:
    """By the member's code or phone: who has signed up, under whichever of their records."""
    view, shop = found(request.viewer, activity)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            customer = customer_by(kind=_kind(form.cleaned_data["value"]), value=form.cleaned_data["value"])
            records = set(records_of(customer))
            signed = next((one for one in sign_ups(request.viewer, view.id) if one.customer_id in records), None)
            if signed is None:
                raise Refused(_("这位会员没有报名这个活动"), field="value")
            services.attend(sign_up=signed.id, actor=request.viewer.employee)
        except Refused as refused:
            refuse(form, refused)
        else:
            toast(request, _("已签到"), undo=reverse("agenda:undo-attendance", args=[view.id, signed.id]))
            return back(request, reverse("agenda:activity", args=[view.id]))
    return render(request, "agenda/activity.html", page(request, view, shop, code=form), status=422)


@require_POST
@signed_in(*AGENDA)
def cancel(request: ViewerRequest, activity: int, sign_up: int) -> HttpResponse:
    row = _own(request, activity, sign_up)
    services.cancel_sign_up(sign_up=row, actor=request.viewer.employee)
    toast(request, _("报名已取消"))
    return back(request, reverse("agenda:activity", args=[activity]))


@require_POST
@signed_in(*AGENDA)
def attend(request: ViewerRequest, activity: int, sign_up: int) -> HttpResponse:
    row = _own(request, activity, sign_up)
    services.attend(sign_up=row, actor=request.viewer.employee)
    toast(request, _("已签到"), undo=reverse("agenda:undo-attendance", args=[activity, row]))
    return back(request, reverse("agenda:activity", args=[activity]))


@require_POST
@signed_in(*AGENDA)
def undo(request: ViewerRequest, activity: int, sign_up: int) -> HttpResponse:
    row = _own(request, activity, sign_up)
    services.undo_attendance(sign_up=row, actor=request.viewer.employee)
    toast(request, _("已撤销"))
    return back(request, reverse("agenda:activity", args=[activity]))


def _own(request: ViewerRequest, activity: int, sign_up: int) -> int:
    """A sign-up of this activity, in the viewer's stores."""
    found(request.viewer, activity)
    view = sign_up_view(request.viewer, sign_up)
    if view is None or view.activity_id != activity:
        raise Http404
    return view.id


def _kind(value: str) -> str:
    """A phone is told from a member number by its length."""
    return "phone" if value.strip().isdigit() and len(value.strip()) == 11 else "member"
