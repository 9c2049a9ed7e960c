"""A calendar that a phone subscribes to, at an address nobody can guess."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clothier.bookings.contracts import AppointmentView
from clothier.bookings.selectors import mine as my_appointments
from clothier.desks.agenda.access import AGENDA
from clothier.desks.agenda.feeds import opened, seal
from clothier.desks.shell.access import signed_in
from clothier.kernel import clock, ical
from clothier.places.selectors import store_names
from clothier.staff.middleware import ViewerRequest

BEHIND, AHEAD = timedelta(days=7), timedelta(days=60)


@require_safe
@never_cache
@signed_in(*AGENDA)
def mine(request: ViewerRequest) -> HttpResponse:
    """The address, and how to use it."""
    address = request.build_absolute_uri(reverse("agenda:calendar", args=[seal(request.viewer)]))
    return render(request, "agenda/feed.html", {"address": address})


@require_safe
@never_cache
def feed(request: HttpRequest, seal: str) -> HttpResponse:
    """One's own appointments, without customers' names: a calendar leaves the house."""
    viewer, now = opened(seal), clock.now()
    if viewer is None:
        raise Http404
    found = my_appointments(viewer, since=now - BEHIND, until=now + AHEAD)
    stores = store_names(view.store_id for view in found)
    entries = [_entry(view, stores.get(view.store_id, "")) for view in found]
    content = ical.calendar(entries, name=_("我的预约"), now=now)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _entry(view: AppointmentView, store: str) -> ical.Entry:
    what = " · ".join(filter(None, (view.service_name, view.purpose)))
    return ical.Entry(f"appointment-{view.id}@clothier", view.start, view.end, what, store)
