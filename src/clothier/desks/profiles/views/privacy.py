"""What a customer may demand. Each action says what will happen before it does."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.customers import services
from clothier.customers.selectors import export, profile
from clothier.desks.profiles.desk import FLOOR, KEEPERS, back, person_or_404
from clothier.desks.profiles.forms import ReasonForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest


@signed_in(*FLOOR)
def show(request: ViewerRequest, pk: int) -> HttpResponse:
    return _page(request, person_or_404(pk), ReasonForm())


@require_POST
@signed_in(*KEEPERS)
def erase(request: ViewerRequest, pk: int) -> HttpResponse:
    person, form = person_or_404(pk), ReasonForm(request.POST)
    if form.is_valid():
        try:
            services.request_erasure(
                customer_id=person, reason=form.cleaned_data["reason"], actor=request.viewer.employee
            )
            toast(request, _("已受理删除申请。到期前可以撤回。"))
            return back(person, to="profiles:privacy")
        except Refused as refused:
            refuse(form, refused)
    return _page(request, person, form)


@require_POST
@signed_in(*KEEPERS)
def cancel(request: ViewerRequest, pk: int) -> HttpResponse:
    person = services.cancel_erasure(erasure_id=pk, actor=request.viewer.employee)
    toast(request, _("已撤回删除申请。此前的同意需要顾客重新给出。"))
    return back(person, to="profiles:privacy")


@require_POST
@signed_in(*FLOOR)
def withdraw_all(request: ViewerRequest, pk: int) -> HttpResponse:
    person = person_or_404(pk)
    count = services.withdraw_all(customer_id=person, actor=request.viewer.employee)
    toast(request, _("已撤回 %(count)s 项同意，立即生效。") % {"count": count})
    return back(person, to="profiles:privacy")


@require_POST
@signed_in(*KEEPERS)
def read_export(request: ViewerRequest, pk: int) -> HttpResponse:
    """Everything, readable and printable."""
    person = person_or_404(pk)
    data = export(request.viewer, person, purpose="export:page")
    services.note_export(customer_id=person, actor=request.viewer.employee)
    return render(request, "profiles/export.html", {"pk": person, "sections": _sections(data)})


@require_POST
@signed_in(*KEEPERS)
def download(request: ViewerRequest, pk: int) -> HttpResponse:
    """The same as a file for another system."""
    person = person_or_404(pk)
    data = export(request.viewer, person, purpose="export:file")
    services.note_export(customer_id=person, actor=request.viewer.employee)
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="customer-{person}.json"'
    return response


def _page(request: ViewerRequest, person: int, form: ReasonForm) -> HttpResponse:
    whole = profile(request.viewer, person, purpose="privacy")
    if whole is None:
        return render(request, "profiles/erased.html", {"pk": person}, status=410)
    context = {
        "pk": person,
        "whole": whole,
        "customer": whole.customer,
        "form": form,
        "keeper": request.viewer.may(*KEEPERS),
        "granted": sum(state.granted for state in whole.consents),
    }
    return render(request, "profiles/privacy.html", context, status=422 if form.errors else 200)


def _sections(data: dict[str, Any]) -> list[tuple[str, list[str], list[list[Any]]]]:
    """Each list of rows as a table: its name, its columns, its cells."""
    tables = []
    for name, rows in data.items():
        if isinstance(rows, list) and rows:
            columns = list(rows[0])
            tables.append((_section_name(name), columns, [[row.get(column, "") for column in columns] for row in rows]))
    return tables


def _section_name(key: str) -> str:
    names = {
        "records": _("登记记录"),
        "identifiers": _("身份标识"),
        "figures": _("统计"),
        "facts": _("资料"),
        "wearers": _("穿着人"),
        "tags": _("标签"),
        "consents": _("同意记录"),
        "notes": _("服务记录"),
        "reads": _("谁看过"),
        "timeline": _("动态"),
        "visits": _("到店"),
        "orders": _("订单"),
    }
    return names.get(key, key)
