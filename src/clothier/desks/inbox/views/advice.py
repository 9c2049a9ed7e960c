"""While somebody writes: what not to say and what to say instead, answers and saved words, and who else is here."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.conversations import services
from clothier.desks.inbox.advising import advice_on, hits_in, steps_of
from clothier.desks.inbox.doors import INBOX, me, thread_of
from clothier.desks.inbox.drafting import Draft, drafted_for
from clothier.desks.inbox.presence import look, others
from clothier.desks.inbox.saving import offered_to
from clothier.desks.inbox.views.threads import shown
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest

LONGEST = 4000


@signed_in(*INBOX)
@require_POST
def guard(request: ViewerRequest) -> HttpResponse:
    """Reads nothing but the text and the house rules: it is asked at every pause of somebody's fingers."""
    text = request.POST.get("text", "")[:LONGEST]
    complaint = bool(request.POST.get("complaint"))
    hits = [] if request.POST.get("kind") == "note" else hits_in(text, complaint=complaint)
    return JsonResponse(
        {
            "hits": [{"start": hit.start, "end": hit.end, "severity": hit.severity} for hit in hits],
            "list": render_to_string("inbox/_hits.html", {"hits": hits}),
            "met": [step.key for step in steps_of(text, complaint=complaint) if step.met],
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
def proposals(request: ViewerRequest, thread: int) -> HttpResponse:
    """Answers to the customer's last words; one that is taken stands in the composer, and the library learns."""
    seen = thread_of(request.viewer, thread)
    if request.method != "POST":
        return render(request, "inbox/_advice.html", {"thread": seen, "advice": advice_on(seen)})
    message, article = number(request.POST.get("message", "")), number(request.POST.get("article", ""))
    text = ""
    if message and article:
        actor = me(request.viewer)
        text = services.take_proposal(thread=seen.id, message=message, article=article, actor=actor)
    # The page has put the words in its field already.
    return HttpResponse(status=204) if "HX-Request" in request.headers else shown(request, seen, Draft(text=text))


@signed_in(*INBOX)
@require_POST
def draft(request: ViewerRequest, thread: int) -> HttpResponse:
    """A draft from the library's articles, for a person to change, send or throw away."""
    seen = thread_of(request.viewer, thread)
    told = drafted_for(seen)
    if not told.text:
        toast(request, _("没有写出有依据的草稿，请自己写或从知识库里选。"), bad=True)
    return shown(request, seen, told)


@signed_in(*INBOX)
@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: ViewerRequest, thread: int) -> HttpResponse:
    seen, who = thread_of(request.viewer, thread), me(request.viewer)
    if request.method == "POST":
        if request.POST.get("writing"):
            services.writing(thread=seen.id, employee=who)
        look(seen.id, who)
    return render(request, "inbox/_presence.html", {"others": others(seen.id, me=who)})
