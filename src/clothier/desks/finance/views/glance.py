"""Where every store stands today, and what still waits from earlier days: one next step a row."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clothier.desks.finance.words import STATES, Step, next_step
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.doors import doors
from clothier.desks.shell.navigation import url
from clothier.kernel.access import Role, Viewer
from clothier.settlement.contracts import DayRow, DayState
from clothier.settlement.selectors import today_for, waiting_for
from clothier.staff.middleware import ViewerRequest
from clothier.standards.selectors import promises_for


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page draws it."""

    row: DayRow
    store: str
    href: str
    state: object
    tone: str
    step: Step
    step_href: str
    promise: object


@require_GET
@signed_in(Role.MANAGER, Role.OPERATOR)
def glance(request: ViewerRequest) -> HttpResponseBase:
    viewer = request.viewer
    today, waiting = today_for(viewer), waiting_for(viewer)
    lines = _lines(viewer, [*today, *waiting])
    facts: dict[str, Any] = {
        "today": lines[: len(today)],
        "waiting": lines[len(today) :],
        "counts": {state.value: sum(row.state is state for row in today) for state in DayState},
        "differences": sum(row.differences for row in (*today, *waiting)),
    }
    return render(request, "finance/glance.html", facts)


def _lines(viewer: Viewer, rows: list[DayRow]) -> list[Line]:
    stores = {door.id: door for door in doors(viewer)}
    running = promises_for(viewer, keys=["settlement"], open_only=True, limit=200)
    promises = {promise.subject.id: promise for promise in running}
    found = []
    for row in rows:
        if store := stores.get(row.store_id):
            step = next_step(row, viewer)
            day = url("finance:day", store.code, row.date.isoformat())
            to = day if step.view == "day" else url(f"finance:{step.view}") + step.query
            word, tone = STATES[row.state]
            found.append(Line(row, store.name, day, word, tone, step, to, promises.get(row.id)))
    return found
