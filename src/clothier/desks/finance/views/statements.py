"""Providers' files: sent, checked, confirmed, taken in."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clothier.desks.finance.forms import ConfirmForm, StatementForm
from clothier.desks.finance.words import provider_word
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.settlement import services
from clothier.settlement.selectors import Statement, differences_for, statements_for
from clothier.staff.middleware import ViewerRequest

PAGE = 20
_BUSY = (Statement.State.RECEIVED, Statement.State.QUEUED, Statement.State.RUNNING)


@require_http_methods(["GET", "POST"])
@signed_in(Role.OPERATOR)
def history(request: ViewerRequest) -> HttpResponseBase:
    form = StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.receive_statement(
                provider=form.cleaned_data["provider"],
                file_name=file.name,
                chunks=file.chunks(),
                actor=request.viewer.employee,
            )
            return redirect("finance:statement", made.pk)
        except Refused as refused:
            refuse(form, refused)
    rows = statements_for(request.viewer)
    before = number(request.GET.get("before", ""))
    page = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    facts = {
        "form": form,
        "statements": page[:PAGE],
        "next": page[PAGE - 1].pk if len(page) > PAGE else None,
        "provider_word": provider_word,
    }
    return render(request, "finance/statements.html", facts, status=422 if form.errors else 200)


@require_GET
@signed_in(Role.OPERATOR)
def detail(request: ViewerRequest, statement: int) -> HttpResponseBase:
    """One file; while the worker is at it, the page asks for its middle part again and again."""
    held = _find(request, statement)
    response = _page(request, held, ConfirmForm(initial={"date": held.date}))
    if request.htmx and held.state not in _BUSY:  # type: ignore[attr-defined]
        response["HX-Refresh"] = "true"
    return response


@require_POST
@signed_in(Role.OPERATOR)
def confirmation(request: ViewerRequest, statement: int) -> HttpResponseBase:
    held, form = _find(request, statement), ConfirmForm(request.POST)
    try:
        if form.is_valid():
            services.confirm_statement(
                statement=statement,
                day=form.cleaned_data["date"],
                replace=form.cleaned_data["replace"],
                actor=request.viewer.employee,
            )
            return redirect("finance:statement", statement)
    except Refused as refused:
        refuse(form, refused)
    return _page(request, held, form, status=422)


@require_POST
@signed_in(Role.OPERATOR)
def removal(request: ViewerRequest, statement: int) -> HttpResponseBase:
    services.drop_statement(statement=_find(request, statement).pk, actor=request.viewer.employee)
    toast(request, _("已放弃这个文件"))
    return redirect("finance:statements")


def _find(request: ViewerRequest, pk: int) -> Statement:
    return get_object_or_404(statements_for(request.viewer), pk=pk)


def _page(request: ViewerRequest, held: Statement, form: ConfirmForm, status: int = 200) -> HttpResponse:
    found = []
    if held.current and held.date:
        found = list(differences_for(request.viewer).filter(side=held.provider, date=held.date)[:20])
    facts = {
        "statement": held,
        "form": form,
        "busy": held.state in _BUSY,
        "provider": provider_word(held.provider),
        "differences": found,
        "provider_word": provider_word,
    }
    return render(request, "finance/statement.html", facts, status=status)
