"""The agenda of a store: a day, a week, one person's, what a search finds, and a sheet to print."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clothier.bookings.selectors import appointments_for
from clothier.bookings.selectors import mine as my_appointments
from clothier.bookings.selectors.diary import views
from clothier.customers.selectors import find, records_of_all
from clothier.desks.agenda.access import AGENDA
from clothier.desks.agenda.drawing import choices, drawn, drawn_days, grid
from clothier.desks.roster import words
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.navigation import url
from clothier.desks.shell.shops import Shop, shop_for, shop_of, shops_for
from clothier.kernel import clock
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import crew_for

AHEAD = timedelta(days=14)
FOUND = 20


@require_safe
@signed_in(*AGENDA)
def home(request: ViewerRequest) -> HttpResponse:
    """On to the store: the one asked for, or the first of the viewer's."""
    shops = [shop for shop in shops_for(request.viewer) if shop.kind != "online"]
    if not shops:
        return render(request, "agenda/nowhere.html")
    code = request.GET.get("store")
    shop = next((one for one in shops if one.code == code), shops[0])
    return HttpResponseRedirect(_on(shop, "day", request.GET.get("day", "")))


@require_safe
@signed_in(*AGENDA)
def day(request: ViewerRequest, store: str) -> HttpResponse:
    shop = shop_for(request.viewer, store)
    on = shop.day(request.GET.get("day"))
    who = number(request.GET.get("who", ""))
    (today,) = drawn_days(request.viewer, shop, on, 1, employee=who)
    drawing = {"shop": shop, "day": today, "grid": grid(today)}
    if request.headers.get("HX-Request"):
        return render(request, "agenda/_day.html", drawing)
    context = (
        _context(request, shop, who)
        | drawing
        | {
            "week": choices(request.viewer, shop, on - timedelta(days=on.weekday()), employee=who),
            "before": _on(shop, "day", on - timedelta(days=1), who),
            "after": _on(shop, "day", on + timedelta(days=1), who),
            "other": _on(shop, "week", on, who),
        }
    )
    return render(request, "agenda/day.html", context)


@require_safe
@signed_in(*AGENDA)
def week(request: ViewerRequest, store: str) -> HttpResponse:
    shop = shop_for(request.viewer, store)
    on = shop.day(request.GET.get("day"))
    monday = on - timedelta(days=on.weekday())
    who = number(request.GET.get("who", ""))
    days = drawn_days(request.viewer, shop, monday, 7, employee=who)
    context = _context(request, shop, who) | {
        "day": days[on.weekday()],
        "week": days,
        "label": words.week_label(monday),
        "before": _on(shop, "week", monday - timedelta(days=7), who),
        "after": _on(shop, "week", monday + timedelta(days=7), who),
        "other": _on(shop, "day", on, who),
    }
    return render(request, "agenda/week.html", context)


@require_safe
@signed_in(*AGENDA)
def sheet(request: ViewerRequest, store: str) -> HttpResponse:
    """The day on paper, for whoever stands at the door."""
    shop = shop_for(request.viewer, store)
    days = drawn_days(request.viewer, shop, shop.day(request.GET.get("day")), 1)
    return render(request, "agenda/sheet.html", {"shop": shop, "day": days[0]})


@require_safe
@signed_in(*AGENDA)
def mine(request: ViewerRequest) -> HttpResponse:
    """Whom I receive in the next two weeks, in whatever store."""
    now = clock.now()
    found = my_appointments(request.viewer, since=now - timedelta(hours=3), until=now + AHEAD)
    shops: dict[int, Shop] = {}
    entries = []
    for view in found:
        shop = shops.get(view.store_id) or shops.setdefault(view.store_id, shop_of(request.viewer, view.store_id))
        entries.append((shop, words.long_day(shop.local_day(view.start)), drawn(request.viewer, shop, [view])[0]))
    return render(request, "agenda/mine.html", {"entries": entries, "ahead": AHEAD.days})


@require_safe
@signed_in(*AGENDA)
def search(request: ViewerRequest, store: str) -> HttpResponse:
    """A customer's appointments in the viewer's stores, the latest first."""
    shop = shop_for(request.viewer, store)
    query = request.GET.get("q", "").strip()[:60]
    people = [hit.customer_id for hit in find(request.viewer, query, limit=FOUND)] if query else []
    records = records_of_all(people) if people else []
    rows = appointments_for(request.viewer).filter(customer_id__in=records).order_by("-at", "-id")[:FOUND]
    found = drawn(request.viewer, shop, views(rows)) if records else []
    entries = [(words.long_day(shop.local_day(entry.view.start)), entry) for entry in found]
    return render(request, "agenda/search.html", {"shop": shop, "query": query, "entries": entries})


def _context(request: ViewerRequest, shop: Shop, who: int | None) -> dict[str, Any]:
    crew = crew_for(request.viewer, store=shop.id)
    if who is not None and who not in {one.id for one in crew}:
        raise Http404
    return {
        "shop": shop,
        "shops": [one for one in shops_for(request.viewer) if one.kind != "online"],
        "crew": crew,
        "who": who,
        "now": clock.now(),
    }


def _on(shop: Shop, page: str, on: Any, who: int | None = None) -> str:
    chosen = f"&who={who}" if who else ""
    return f"{url(f'agenda:{page}', shop.code)}?day={on}{chosen}"
