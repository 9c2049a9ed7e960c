"""A conversation on paper, for a complaint's file: what was said, by whom and when; who had it printed is on record."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clothier.conversations import services
from clothier.conversations.selectors import messages
from clothier.desks.inbox import words
from clothier.desks.inbox.doors import INBOX, thread_of
from clothier.desks.inbox.reading import bubbles
from clothier.desks.shell.access import signed_in
from clothier.kernel import clock
from clothier.staff.middleware import ViewerRequest

MOST = 1000


@signed_in(*INBOX)
@require_safe
def transcript(request: ViewerRequest, thread: int) -> HttpResponse:
    """The last thousand messages; with `notes`, what colleagues wrote among themselves too."""
    seen, notes = thread_of(request.viewer, thread), request.GET.get("notes") == "1"
    services.note_print(thread=seen.id, actor=request.viewer.employee, notes=notes)
    said = messages(seen.id, limit=MOST, internal=notes)
    context = {
        "thread": seen,
        "name": words.called(seen),
        "channel": words.channel_name(seen.channel),
        "bubbles": list(bubbles(said)),
        "notes": notes,
        "whole": len(said) < MOST,
        "at": clock.now(),
    }
    return render(request, "inbox/transcript.html", context)
