"""Putting a profile right: name, identifiers, wearers."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.customers import services
from clothier.customers.contracts import Kind
from clothier.customers.selectors import may_keep, profile
from clothier.desks.profiles.desk import FLOOR, KEEPERS, back, person_or_404
from clothier.desks.profiles.forms import IdentifierForm, MergeForm, NameForm, WearerForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest


@signed_in(*FLOOR)
def edit(request: ViewerRequest, pk: int) -> HttpResponse:
    return _page(request, person_or_404(pk))


@require_POST
@signed_in(*FLOOR)
def rename(request: ViewerRequest, pk: int) -> HttpResponse:
    person, form = person_or_404(pk), NameForm(request.POST)
    if form.is_valid():
        try:
            services.correct(customer_id=person, **form.cleaned_data, actor=request.viewer.employee)
            toast(request, _("已更正。"))
            return back(person, to="profiles:edit")
        except Refused as refused:
            refuse(form, refused)
    return _page(request, person, name_form=form)


@require_POST
@signed_in(*FLOOR)
def identify(request: ViewerRequest, pk: int) -> HttpResponse:
    person, form = person_or_404(pk), IdentifierForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.link_identifier(
                customer_id=person,
                kind=Kind(said["kind"]),
                value=said["value"],
                verified=said["verified"],
                actor=request.viewer.employee,
            )
            toast(request, _("已登记。"))
            return back(person, to="profiles:edit")
        except Refused as refused:
            refuse(form, refused)
    return _page(request, person, identifier_form=form)


@require_POST
@signed_in(*KEEPERS)
def unidentify(request: ViewerRequest, pk: int) -> HttpResponse:
    person = _posted_person(request)
    services.remove_identifier(identifier_id=pk, actor=request.viewer.employee)
    toast(request, _("已移除。"))
    return back(person, to="profiles:edit")


@require_POST
@signed_in(*FLOOR)
def add_wearer(request: ViewerRequest, pk: int) -> HttpResponse:
    person, form = person_or_404(pk), WearerForm(request.POST)
    if form.is_valid():
        try:
            services.add_wearer(customer_id=person, **form.cleaned_data, actor=request.viewer.employee)
            toast(request, _("已登记穿着人。"))
            return back(person, to="profiles:edit", at="wearers")
        except Refused as refused:
            refuse(form, refused)
    return _page(request, person, wearer_form=form)


@require_POST
@signed_in(*FLOOR)
def remove_wearer(request: ViewerRequest, pk: int) -> HttpResponse:
    person = _posted_person(request)
    services.remove_wearer(wearer_id=pk, actor=request.viewer.employee)
    toast(request, _("已移除，连同为其记下的资料。"))
    return back(person, to="profiles:edit", at="wearers")


def _posted_person(request: ViewerRequest) -> int:
    """Whose page the form was on."""
    text = request.POST.get("customer", "")
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return person_or_404(int(text))


def _page(request: ViewerRequest, person: int, **forms: Form) -> HttpResponse:
    whole = profile(request.viewer, person, purpose="edit")
    if whole is None:
        return render(request, "profiles/erased.html", {"pk": person}, status=410)
    customer = whole.customer
    context: dict[str, Any] = {
        "whole": whole,
        "pk": person,
        "customer": customer,
        "keeper": may_keep(request.viewer),
        "name_form": NameForm(initial={"name": customer.name, "title": customer.title}, auto_id="name_%s"),
        "identifier_form": IdentifierForm(auto_id="identifier_%s"),
        "wearer_form": WearerForm(auto_id="wearer_%s"),
        "merge_form": MergeForm(auto_id="merge_%s"),
        **forms,
    }
    return render(request, "profiles/edit.html", context, status=422 if forms else 200)
