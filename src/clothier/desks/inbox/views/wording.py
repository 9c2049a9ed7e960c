"""How one speaks, month by month: what the language guard pointed at in replies that were sent."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clothier.conversations.contracts import Flagged
from clothier.conversations.selectors import flagged
from clothier.desks.inbox.doors import INBOX, supervises
from clothier.desks.shell.access import signed_in
from clothier.kernel import clock
from clothier.kernel.access import Role, Viewer
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import employees_for
from clothier.standards.selectors import document

MONTHS = 6


@signed_in(*INBOX)
@require_safe
def wording(request: ViewerRequest) -> HttpResponse:
    """One's own; who supervises sees everybody of their stores."""
    first = _month(request.GET.get("month", ""))
    names = _people(request.viewer)
    found = flagged(since=_start(first), until=_start(_next(first)), employees=names)
    context = {
        "month": date_format(first, _("Y年n月")),
        "months": [(one.isoformat()[:7], date_format(one, _("Y年n月")), one == first) for one in _months()],
        "rows": _rows(found, names),
        "supervises": supervises(request.viewer),
        "total": sum(one.hits for one in found),
        "stopped": sum(one.insisted for one in found),
    }
    return render(request, "inbox/wording.html", context)


def _people(viewer: Viewer) -> dict[int, str]:
    own = {viewer.employee: viewer.name} if viewer.employee is not None else {}
    if not supervises(viewer):
        return own
    return dict(employees_for(viewer).filter(role=Role.AGENT.value).values_list("pk", "name")) | own


def _rows(found: list[Flagged], names: dict[int, str]) -> list[dict[str, Any]]:
    rules = {rule.key: rule for rule in document("language").forbidden}
    ranked = sorted(found, key=lambda one: (-one.hits, one.rule))
    return [
        {
            "name": names[one.employee_id],
            "said": rules[one.rule].say if one.rule in rules else one.rule,
            "instead": rules[one.rule].instead[0] if one.rule in rules else "",
            "hits": one.hits,
            "insisted": one.insisted,
        }
        for one in ranked
    ]


def _month(text: str) -> date:
    """The month an address names, this month for none and for nonsense."""
    return next((one for one in _months() if one.isoformat()[:7] == text), _months()[0])


def _months() -> list[date]:
    """The first days of this month and those before it, the latest first."""
    today = localtime(clock.now()).date()
    whole = today.year * 12 + today.month - 1
    return [date((whole - n) // 12, (whole - n) % 12 + 1, 1) for n in range(MONTHS)]


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=get_current_timezone())
