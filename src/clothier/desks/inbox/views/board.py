"""The supervisor's board: who waits, what is late, why people were asked for, and who carries how much."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from clothier.conversations.contracts import Box
from clothier.conversations.selectors import handover_counts, inbox_for, loads_for
from clothier.desks.floor.selectors.pressing import language
from clothier.desks.inbox import talks
from clothier.desks.inbox.doors import INBOX, require_supervisor
from clothier.desks.shell.access import signed_in
from clothier.kernel import clock
from clothier.kernel.access import Role, Viewer
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import employees_for
from clothier.standards.selectors import due_soon

PROMISES = ("chat_first_human", "chat_next_reply")
QUEUE, LATE, RISK = 20, 20, timedelta(minutes=1)


@signed_in(*INBOX)
@require_safe
def board(request: ViewerRequest) -> HttpResponse:
    viewer = request.viewer
    require_supervisor(viewer)
    now = clock.now()
    midnight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    owed = due_soon(viewer, keys=PROMISES, before=now + RISK, limit=LATE, language=language())
    people = [one for store in _stores(viewer) for one in loads_for(viewer, store=store)]
    context = {
        "queue": talks.lines(viewer, inbox_for(viewer, Box.WAITING, limit=QUEUE), Box.WAITING),
        "late": talks.beside(viewer, owed),
        "broken": sum(1 for one in owed if one.due_at and one.due_at <= now),
        "people": people,
        "most": max((one.held for one in people), default=0) or 1,
        "reasons": handover_counts(viewer, since=midnight, until=now + timedelta(seconds=1)),
    }
    return render(request, "inbox/board.html", context)


def _stores(viewer: Viewer) -> list[int]:
    """The desks: stores with agents on their roster, which most stores are not."""
    agents = employees_for(viewer).filter(role=Role.AGENT.value)
    return list(agents.order_by("home_store").values_list("home_store", flat=True).distinct())
