"""One case: its next step on top, its clocks, and everything that happened."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from clothier.cases.contracts import AT_WORK, LIVING, CompensationState
from clothier.cases.selectors import CaseFile, card_token, is_find, matches, slip_of, words
from clothier.cases.selectors.room import room_of
from clothier.customers.selectors import card
from clothier.desks.casework.access import CLERKS, file_of
from clothier.desks.casework.actions import ACTIONS, form_of, open_to
from clothier.desks.casework.goods import pieces_of
from clothier.desks.casework.guidance import next_step
from clothier.desks.casework.kin import around
from clothier.desks.casework.sending import sendings
from clothier.desks.casework.story import story_of
from clothier.desks.rulebook.words import role
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.squares import square
from clothier.eventlog.selectors import story
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of
from clothier.standards.selectors import document, promises_for

# Of the log of one case: nobody reads further back.
MOST = 300
# What an address may fill in: the case that this one is made one with.
_GIVEN = ("other", "relation")


@signed_in(*CLERKS)
@require_safe
def page(request: ViewerRequest, case: int) -> HttpResponse:
    asked = request.GET
    given = {name: asked[name] for name in _GIVEN if name in asked}
    return shown(request, file_of(request.viewer, case), do=asked.get("do", ""), given=given)


def shown(
    request: ViewerRequest,
    file: CaseFile,
    *,
    do: str = "",
    form: forms.Form | None = None,
    given: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with one action's form open: the one asked for, else the next step's."""
    viewer, entries = request.viewer, story(file.case.ref, limit=MOST)
    step = next_step(file, entries)
    able = open_to(file.view)
    asked = do if do in {action.key for action in able} or form is not None else step.action
    action = ACTIONS[asked]
    clocks = promises_for(viewer, subject=file.case.ref, limit=20, language=get_language() or "zh")
    people = names_of([*_people(file), *(clock.owner_id for clock in clocks)])
    link = request.build_absolute_uri(reverse("card:show", args=[card_token(file.case.pk)]))
    context = {
        "f": file,
        "c": file.case,
        "w": words,
        "at_work": AT_WORK,
        "living": LIVING,
        "step": step,
        "do": action,
        "form": form if form is not None else form_of(action, viewer, file, given=given),
        "actions": [one for one in able if one.key != asked],
        "clocks": sorted(clocks, key=lambda clock: (clock.closed_at is not None, clock.id)),
        "people": people,
        "customer": card(viewer, file.case.customer_id) if file.case.customer_id else None,
        "pieces": pieces_of(file),
        "handed": [(one, *file.words(one.sealed_signature).partition("\n")[::2]) for one in file.handovers],
        "items": story_of(file, entries, clocks, people),
        "gifts": [(one, file.words(one.sealed), file.approvals.get(one.pk)) for one in file.compensations],
        "duty": role,
        "room": room_of(file.case, viewer.employee or 0) if asked == "compensation" else None,
        "waits": any(one.state == CompensationState.ASKED for one in file.compensations),
        "around": around(viewer, file),
        "matches": matches(viewer, file.case),
        "find": is_find(file.case),
        "causes": [cause.name.say(get_language() or "") for cause in _cause(file)],
        "slip": slip_of(entries),
        "sent": sendings(entries),
        "link": link,
        "code": square(link),
    }
    return render(request, "casework/case.html", context, status=status)


def _people(file: CaseFile) -> list[int | None]:
    return [
        file.case.owner_id,
        file.case.opened_by,
        *(note.author_id for note in file.notes),
        *(one.actor_id for one in file.attempts),
        *(one.asked_by for one in file.compensations),
        *(one.decided_by for one in file.approvals.values()),
    ]


def _cause(file: CaseFile) -> Any:
    return document("cases").causes_by_key().get(file.case.cause, ())
