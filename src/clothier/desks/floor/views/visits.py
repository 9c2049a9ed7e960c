"""The page of one visit: next step on top, everything else one thumb away."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clothier.desks.floor.doors import FLOOR, visit_of
from clothier.desks.floor.forms import need_choices
from clothier.desks.floor.notes import NoteForm
from clothier.desks.floor.path import beside, template_of, way
from clothier.desks.floor.selectors.gifts import gifts_of
from clothier.desks.floor.selectors.serving import Serving, serving_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.doors import doors
from clothier.staff.middleware import ViewerRequest
from clothier.visits.selectors import choices


@signed_in(*FLOOR)
@require_safe
def visit(request: ViewerRequest, visit: int) -> HttpResponse:
    seen = visit_of(request.viewer, visit)
    door = next((door for door in doors(request.viewer) if door.id == seen.store_id), None)
    if door is None:
        raise Http404
    step = "" if seen.left_at else request.GET.get("step", "") or seen.next
    serving = serving_of(request.viewer, door, seen, step=step, query=request.GET.get("q", "")[:60])
    context = {
        "s": serving,
        "door": door,
        "step": step,
        "template": template_of(step),
        "path": way(seen.done, fitted=bool(seen.fittings)),
        "aside": beside(seen.done, known=seen.customer_id is not None),
        "note_form": _note(serving),
        "choices": choices(),
        "gifts": gifts_of(seen),
        **need_choices(),
    }
    return render(request, "floor/visit.html", context)


def _note(serving: Serving) -> NoteForm | None:
    """The record to write once a known customer has gone, unless it is written."""
    if serving.here or serving.card is None or not serving.record_due:
        return None
    return NoteForm(initial={"need": serving.need_words})
