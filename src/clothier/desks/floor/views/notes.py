"""Writing the service record: while the visit is fresh, by template, with the guard at hand."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clothier.customers.services import write_note
from clothier.desks.floor.doors import FLOOR, visit_of
from clothier.desks.floor.notes import NoteForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.facts import fact
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest
from clothier.visits.contracts import VisitView


@signed_in(*FLOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: ViewerRequest, visit: int) -> HttpResponse:
    seen = visit_of(request.viewer, visit)
    if seen.customer_id is None:
        raise Http404
    form = NoteForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _write(request, seen, seen.customer_id, form)
        except Refused as refused:
            form.warned = hasattr(refused, "places")
            refuse(form, refused)
    context = {"form": form, "visit": seen}
    return render(request, "floor/note.html", context, status=422 if form.errors else 200)


def _write(request: ViewerRequest, seen: VisitView, customer: int, form: NoteForm) -> HttpResponse:
    told = fact(request)
    write_note(
        customer_id=customer,
        template=form.template,
        answers=form.answers,
        visit_id=seen.id,
        store=seen.store_id,
        actor=told["actor"],
        occurred_at=seen.left_at or told["occurred_at"],
        acknowledged=form.cleaned_data["acknowledged"],
        key=told["key"],
    )
    toast(request, _("服务记录已保存"))
    return back(request, reverse("floor:visit", args=[seen.id]))
