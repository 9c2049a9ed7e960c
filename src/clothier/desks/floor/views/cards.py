"""The customer card: a page, and what the dialog of the visit's page draws."""

from dataclasses import fields

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clothier.desks.floor.doors import FLOOR, visit_of
from clothier.desks.floor.selectors.carding import full_card
from clothier.desks.shell.access import signed_in
from clothier.staff.middleware import ViewerRequest


@signed_in(*FLOOR)
@require_safe
def card(request: ViewerRequest, visit: int) -> HttpResponse:
    seen = visit_of(request.viewer, visit)
    full = full_card(request.viewer, seen)
    context = {"visit": seen, **{field.name: getattr(full, field.name) for field in fields(full)}}
    return render(request, "floor/card.html", context)
