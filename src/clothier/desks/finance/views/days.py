"""One store's day: its tills, its figures, what providers said of it, and closing it."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.desks.finance.forms import DayForm
from clothier.desks.finance.views.finding import date_of, day_of, keeps_books, promise_of, store_of
from clothier.desks.finance.words import STATES, line_word, provider_word
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.settlement import services
from clothier.settlement.selectors import (
    awaited,
    day_figures,
    day_rows,
    differences_for,
    sessions_for,
    tills_for,
)
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of


@require_GET
@signed_in(Role.MANAGER, Role.OPERATOR)
def detail(request: ViewerRequest, store: str, date: str) -> HttpResponseBase:
    return _page(request, store, date, DayForm())


@require_POST
@signed_in(Role.MANAGER, Role.OPERATOR)
def closure(request: ViewerRequest, store: str, date: str) -> HttpResponseBase:
    """Close the day."""
    place, day, form = store_of(request.viewer, store), date_of(date), DayForm(request.POST)
    try:
        if form.is_valid():
            actor = request.viewer.employee
            services.close_day(store=place.id, day=day, actor=actor, note=form.cleaned_data["note"])
            toast(request, _("%(store)s %(date)s 已关账") % {"store": place.name, "date": day})
            return redirect("finance:day", store, date)
    except Refused as refused:
        refuse(form, refused)
    return _page(request, store, date, form, status=422)


@require_POST
@signed_in(Role.OPERATOR)
def comparison(request: ViewerRequest, store: str, date: str) -> HttpResponseBase:
    """Compare the day again with everything that is here by now."""
    store_of(request.viewer, store)
    day = date_of(date)
    services.match(first=day, last=day)
    toast(request, _("已重新核对"))
    return redirect("finance:day", store, date)


def _page(request: ViewerRequest, store: str, date: str, form: DayForm, status: int = 200) -> HttpResponse:
    viewer = request.viewer
    place = store_of(viewer, store)
    day = day_of(viewer, place, date_of(date))
    (row,) = day_rows([day])
    word, tone = STATES[row.state]
    sessions = list(sessions_for(viewer).filter(day=day)) if day.pk else []
    people = names_of([day.closed_by, *(session.closed_by for session in sessions)])
    facts = {
        "store": place,
        "day": day,
        "row": row,
        "state": word,
        "tone": tone,
        "form": form,
        "tills": tills_for(viewer, store=place.id),
        "sessions": sessions,
        "people": people,
        "figures": day_figures(day.pk) if day.pk else None,
        "line_word": line_word,
        "provider_word": provider_word,
        "awaited": awaited(day) if day.sealed_at and not day.matched_at else [],
        "differences": list(differences_for(viewer).filter(store=place.id, date=day.date)[:20]),
        "promise": promise_of(viewer, day.pk) if day.pk else None,
        "books": keeps_books(viewer),
    }
    return render(request, "finance/day.html", facts, status=status)
