"""Files into the house: sent, looked at, tried, imported, and what became of every row."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clothier.desks.intake.forms import PlanForm, UploadForm
from clothier.desks.intake.outcome import outcome
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.imports import services
from clothier.imports.contracts import State
from clothier.imports.selectors import Import, imports_for, sample
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest

PAGE = 20


@require_http_methods(["GET", "POST"])
@signed_in(Role.OPERATOR)
def history(request: ViewerRequest) -> HttpResponseBase:
    """The imports so far, and the door for a new file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = services.receive(
                kind=form.cleaned_data["kind"],
                file_name=file.name,
                chunks=file.chunks(),
                actor=request.viewer.employee,
            )
            return redirect("intake:detail", draft.pk)
        except Refused as refused:
            refuse(form, refused)
    rows = imports_for(request.viewer)
    before = number(request.GET.get("before", ""))
    page = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    facts = {"form": form, "imports": page[:PAGE], "next": page[PAGE - 1].pk if len(page) > PAGE else None}
    return render(request, "intake/history.html", facts, status=422 if form.errors else 200)


@require_GET
@signed_in(Role.OPERATOR)
def detail(request: ViewerRequest, pk: int) -> HttpResponseBase:
    """One import, whatever its state; while it runs, the page asks for its middle part again and again."""
    task = _find(request, pk)
    if request.htmx and not _busy(task):  # type: ignore[attr-defined]
        # It has ended, a trial as a draft once more: the whole page says how, and the asking stops.
        return HttpResponse(headers={"HX-Refresh": "true"})
    if task.state == State.DRAFT:
        return _plan(request, task, PlanForm(task, request.viewer))
    template = "intake/_run.html" if request.htmx else "intake/run.html"  # type: ignore[attr-defined]
    return render(request, template, {"task": task, **outcome(task)})


@require_POST
@signed_in(Role.OPERATOR)
def trial(request: ViewerRequest, pk: int) -> HttpResponseBase:
    return _confirmed(request, pk, dry=True)


@require_POST
@signed_in(Role.OPERATOR)
def start(request: ViewerRequest, pk: int) -> HttpResponseBase:
    return _confirmed(request, pk, dry=False)


@require_POST
@signed_in(Role.OPERATOR)
def pause(request: ViewerRequest, pk: int) -> HttpResponseBase:
    services.stop(import_id=_find(request, pk).pk)
    toast(request, _("已暂停，已导入的行保留。"))
    return redirect("intake:detail", pk)


@require_POST
@signed_in(Role.OPERATOR)
def resume(request: ViewerRequest, pk: int) -> HttpResponseBase:
    task = _find(request, pk)
    services.request(import_id=task.pk, actor=request.viewer.employee, dry=task.dry)
    return redirect("intake:detail", pk)


@require_POST
@signed_in(Role.OPERATOR)
def undo(request: ViewerRequest, pk: int) -> HttpResponseBase:
    """The worker takes it back; the page shows how far it is."""
    services.request_undo(import_id=_find(request, pk).pk, actor=request.viewer.employee)
    return redirect("intake:detail", pk)


@require_GET
@signed_in(Role.OPERATOR)
def rejected(request: ViewerRequest, pk: int) -> HttpResponseBase:
    """The refused rows with line number and reason, as a file; only as far as they are settled."""
    task = _find(request, pk)
    if not task.rejected_file.exists():
        raise Http404
    name = f"{task.file_name.rsplit('.', 1)[0]}-rejected.csv"
    return FileResponse(task.rejected_file.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


def _find(request: ViewerRequest, pk: int) -> Import:
    return get_object_or_404(imports_for(request.viewer), pk=pk)


def _busy(task: Import) -> bool:
    return task.state in (State.QUEUED, State.RUNNING, State.UNDOING)


def _confirmed(request: ViewerRequest, pk: int, *, dry: bool) -> HttpResponseBase:
    task = _find(request, pk)
    if task.state != State.DRAFT:
        return redirect("intake:detail", pk)
    form = PlanForm(task, request.viewer, request.POST)
    if form.is_valid():
        try:
            services.confirm(import_id=pk, columns=form.columns(), options=form.options())
            services.request(import_id=pk, actor=request.viewer.employee, dry=dry)
            return redirect("intake:detail", pk)
        except Refused as refused:
            refuse(form, refused)
    return _plan(request, task, form, status=422)


def _plan(request: ViewerRequest, task: Import, form: PlanForm, status: int = 200) -> HttpResponseBase:
    facts = {"task": task, "form": form, "rows": sample(task), **outcome(task, trial=True)}
    return render(request, "intake/plan.html", facts, status=status)
