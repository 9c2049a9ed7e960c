"""Noting, correcting and taking back what is known."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.customers import services
from clothier.customers.selectors import wearer_choices
from clothier.desks.profiles.desk import FLOOR, back, person_or_404
from clothier.desks.profiles.forms import CorrectionForm, FactForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest


@require_POST
@signed_in(*FLOOR)
def note(request: ViewerRequest, pk: int) -> HttpResponse:
    person = person_or_404(pk)
    form = FactForm(request.POST, wearers=wearer_choices(request.viewer, person))
    if form.is_valid():
        try:
            services.note_fact(customer_id=person, **form.cleaned_data, actor=request.viewer.employee)
            toast(request, _("已记下。"))
            return back(person, at="facts")
        except Refused as refused:
            refuse(form, refused)
    return render(request, "profiles/form.html", {
        "form": form, "heading": _("记一条资料"), "submit": _("记下"),
        "back": reverse("profiles:profile", args=[person]),
    }, status=422)  # fmt: skip


@require_POST
@signed_in(*FLOOR)
def withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    person = services.withdraw_fact(fact_id=pk, actor=request.viewer.employee)
    toast(request, _("这条资料不再采用。"), undo=reverse("profiles:fact_restore", args=[pk]))
    return back(person, at="facts")


@require_POST
@signed_in(*FLOOR)
def restore(request: ViewerRequest, pk: int) -> HttpResponse:
    person = services.restore_fact(fact_id=pk, actor=request.viewer.employee)
    toast(request, _("已恢复。"))
    return back(person, at="facts")


@signed_in(*FLOOR)
def correct(request: ViewerRequest, pk: int, fact: int) -> HttpResponse:
    person = person_or_404(pk)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_fact(
                customer_id=person, fact_id=fact, value=form.cleaned_data["value"], actor=request.viewer.employee
            )
            toast(request, _("已按顾客本人所说更正。"))
            return back(person, at="facts")
        except Refused as refused:
            refuse(form, refused)
    return render(request, "profiles/form.html", {
        "form": form, "heading": _("更正资料"), "submit": _("更正"), "back": reverse("profiles:profile", args=[person]),
        "lead": _("顾客本人的说法优先于其他来源；原来的记录保留，但不再采用。"),
    })  # fmt: skip
