"""My shifts: for whoever stands on the floor with a phone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clothier.desks.roster.agenda import AHEAD, Mine, agenda_of
from clothier.desks.shell.access import signed_in
from clothier.kernel import clock, ical
from clothier.staff.middleware import ViewerRequest


@require_safe
@signed_in()
def mine(request: ViewerRequest) -> HttpResponse:
    return render(request, "roster/mine.html", {"days": agenda_of(request.viewer), "ahead": AHEAD.days})


@require_safe
@signed_in()
def calendar(request: ViewerRequest) -> HttpResponse:
    """The same shifts as a file for the phone's calendar."""
    shifts = [one for day in agenda_of(request.viewer) for one in day.shifts]
    content = ical.calendar(map(_entry, shifts), name=_("我的班次"), now=clock.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="clothier-shifts.ics"'
    return response


def _entry(mine: Mine) -> ical.Entry:
    where = "，".join(filter(None, (mine.store, mine.address)))
    what = " · ".join(filter(None, (mine.post, mine.zone)))
    return ical.Entry(f"shift-{mine.id}@clothier", mine.start, mine.end, what, where)
