"""While somebody writes: what not to say and what to say instead, words that were saved, and who else is here."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.conversations import services
from clothier.desks.inbox.advising import hits_in, steps_of
from clothier.desks.inbox.doors import INBOX, me, thread_of
from clothier.desks.inbox.presence import look, others
from clothier.desks.inbox.saving import offered_to
from clothier.desks.shell.access import signed_in
from clothier.staff.middleware import ViewerRequest

LONGEST = 4000


@signed_in(*INBOX)
@require_POST
def guard(request: ViewerRequest) -> HttpResponse:
    """Reads nothing but the text and the house rules: it is asked at every pause of somebody's fingers."""
    text = request.POST.get("text", "")[:LONGEST]
    hits = [] if request.POST.get("kind") == "note" else hits_in(text, complaint=False)
    return JsonResponse(
        {
            "hits": [{"start": hit.start, "end": hit.end, "severity": hit.severity} for hit in hits],
            "list": render_to_string("inbox/_hits.html", {"hits": hits}),
            "met": [step.key for step in steps_of(text, complaint=False) if step.met],
        }
    )


@signed_in(*INBOX)
@require_safe
def offered(request: ViewerRequest, thread: int) -> HttpResponse:
    """Saved replies for this conversation, their gaps filled."""
    seen = thread_of(request.viewer, thread)
    found = offered_to(request.viewer, seen, request.GET.get("q", "")[:40])
    return render(request, "inbox/_offered.html", {"offered": found})


@signed_in(*INBOX)
@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: ViewerRequest, thread: int) -> HttpResponse:
    seen, who = thread_of(request.viewer, thread), me(request.viewer)
    if request.method == "POST":
        if request.POST.get("writing"):
            services.writing(thread=seen.id, employee=who)
        look(seen.id, who)
    return render(request, "inbox/_presence.html", {"others": others(seen.id, me=who)})
