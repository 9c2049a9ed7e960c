"""Who is on the floor now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clothier.desks.roster.opening import openings
from clothier.desks.roster.presence import around_today, presence_of
from clothier.desks.roster.views.week import PLANNERS
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.shops import shop_for
from clothier.staff.middleware import ViewerRequest


@require_safe
@signed_in(*PLANNERS)
def now(request: ViewerRequest, store: str) -> HttpResponse:
    """The page; for htmx only its part that changes."""
    shop = shop_for(request.viewer, store)
    hours = openings(shop, around_today(shop))
    template = "roster/presence.html" if request.headers.get("HX-Request") else "roster/now.html"
    return render(request, template, {"shop": shop, "presence": presence_of(request.viewer, shop, hours)})
