"""The week of a store: on the screen, and on paper."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clothier.desks.roster.addresses import on_day
from clothier.desks.roster.grid import week_for
from clothier.desks.roster.opening import openings
from clothier.desks.roster.presence import around_today, presence_of
from clothier.desks.roster.rules import days_of, monday_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.shops import shop_for, shops_for
from clothier.kernel.access import Role
from clothier.staff.middleware import ViewerRequest

PLANNERS = (Role.MANAGER, Role.OPERATOR)


@require_safe
@signed_in()
def home(request: ViewerRequest) -> HttpResponseBase:
    """A planner's first store; everybody else's own shifts."""
    if not request.viewer.may(*PLANNERS):
        return redirect("roster:mine")
    shops = shops_for(request.viewer)
    chosen = next((shop for shop in shops if shop.code == request.GET.get("store")), shops[0] if shops else None)
    if chosen is None:
        return render(request, "roster/nowhere.html")
    # Going to another store keeps the week that is being looked at.
    return redirect(on_day("week", chosen, chosen.day(request.GET.get("day"))))


@require_safe
@signed_in(*PLANNERS)
def week(request: ViewerRequest, store: str) -> HttpResponse:
    shops = shops_for(request.viewer)
    shop = next((shop for shop in shops if shop.code == store), None)
    if shop is None:
        raise Http404
    chosen = shop.day(request.GET.get("day"))
    hours = openings(shop, {*days_of(monday_of(chosen)), *around_today(shop)})
    drawn = week_for(request.viewer, shop, hours, chosen)
    context = {
        "week": drawn,
        "shop": shop,
        "shops": shops,
        "day": next(day for day in drawn.days if day.day == chosen),
        "presence": presence_of(request.viewer, shop, hours),
    }
    return render(request, "roster/week.html", context)


@require_safe
@signed_in(*PLANNERS)
def sheet(request: ViewerRequest, store: str) -> HttpResponse:
    """The week on one landscape page, for the wall of the back room."""
    shop = shop_for(request.viewer, store)
    chosen = shop.day(request.GET.get("day"))
    drawn = week_for(request.viewer, shop, openings(shop, days_of(monday_of(chosen))), chosen)
    return render(request, "roster/sheet.html", {"week": drawn, "shop": shop})
