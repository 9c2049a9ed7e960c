"""The customer's side of a conversation."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.conversations import services
from clothier.conversations.selectors import file_of_contact, writing_now
from clothier.desks.chat.doors import CHANNEL, Guest, guest_of, is_members
from clothier.desks.chat.entering import framed
from clothier.desks.chat.showing import bubbles_of, judged, served_by, unsent_words
from clothier.desks.shell.attachments import handed_out, posted
from clothier.desks.shell.limits import address, spare
from clothier.desks.shell.squares import square
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.standards.selectors import document

# A person types; a machine that floods is told to wait, and an outbox tries again.
A_MINUTE, STRANGERS_A_MINUTE = 30, 10


@require_safe
def chat(request: HttpRequest, secret: str) -> HttpResponse:
    guest = guest_of(secret, request.COOKIES)
    if guest is None:
        return HttpResponseRedirect(_lost(request, secret))
    return _page(request, guest)


@csrf_exempt  # the secret in the address is what no other site can know
@require_POST
def messages(request: HttpRequest, secret: str) -> HttpResponse:
    """Something is said. Sent twice with one key it is said once."""
    guest, text = guest_of(secret, request.COOKIES), request.POST.get("text", "")[:2000]
    if guest is None:
        return _unknown(request, secret)
    try:
        _not_too_fast(request, guest)
    except Refused as refused:
        if "X-Outbox" in request.headers:
            return HttpResponse(status=429)
        return _page(request, guest, refusal=refused.message, text=text, status=429)
    try:
        services.receive(
            channel=CHANNEL,
            sender=guest.address,
            text=text,
            external_id=f"{guest.address}:{request.POST.get('key', '')[:48]}",
            attachments=posted(request),
            customer=guest.customer,
            proven=guest.customer is not None,
        )
    except Refused as refused:
        if "X-Outbox" in request.headers:
            raise
        return _page(request, guest, refusal=refused.message, text=text, status=422)
    return HttpResponseRedirect(_here(request, guest), status=303)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def typing(request: HttpRequest, secret: str) -> HttpResponse:
    """The customer types; asked, it says whether one of us does."""
    seen = _guest(request, secret).seen()
    if request.method == "POST":
        if seen:
            services.writing(thread=seen.thread_id)
        return HttpResponse(status=204)
    return HttpResponse(_("客服正在输入…") if seen and any(writing_now(seen.thread_id)) else "")


@csrf_exempt
@require_POST
def rating(request: HttpRequest, secret: str) -> HttpResponse:
    guest, score = _guest(request, secret), number(request.POST.get("score", ""))
    seen = guest.seen()
    if seen and score:
        services.rate(thread=seen.thread_id, score=score)
    return HttpResponseRedirect(_here(request, guest), status=303)


@require_safe
def file(request: HttpRequest, secret: str, file: int) -> HttpResponse:
    seen = _guest(request, secret).seen()
    return handed_out(file_of_contact(seen.contacts, file) if seen else None)


def _page(request: HttpRequest, guest: Guest, *, refusal: str = "", text: str = "", status: int = 200) -> HttpResponse:
    seen = guest.seen()
    before = number(request.GET.get("before", ""))
    context: dict[str, Any] = {
        "secret": guest.secret,
        "member": guest.customer is not None,
        "owner": f"chat:{guest.address}",
        "address": _here(request, guest),
        "framed": bool(request.GET.get("framed")),
        "elsewhere": _elsewhere(request, guest),
        "thread": seen.thread_id if seen else None,
        "refusal": refusal,
        "text": text,
        "words": unsent_words(),
        "greeting": document("service").words.greeting.say(get_language() or "zh"),
        **served_by(seen),
        **judged(seen),
        **bubbles_of(guest, seen, before=before),
    }
    return framed(render(request, "chat/chat.html", context, status=status))


def _here(request: HttpRequest, guest: Guest) -> str:
    kept = [f"{name}=1" for name in ("framed", "forgets") if request.GET.get(name)]
    return "?".join(filter(None, (reverse("chat:chat", args=[guest.secret]), "&".join(kept))))


def _elsewhere(request: HttpRequest, guest: Guest) -> dict[str, str]:
    """Where the conversation goes on when a browser forgets it with the page around the frame: in a window of its own,
    or on the phone that reads the square.
    """
    if not request.GET.get("forgets"):
        return {}
    href = reverse("chat:chat", args=[guest.secret])
    return {"href": href, "square": square(request.build_absolute_uri(href))}


def _lost(request: HttpRequest, secret: str) -> str:
    """Where somebody begins anew, or a member shows again who they are."""
    if is_members(secret):
        return reverse("member:chat")
    return f"{reverse('chat:frame')}?lost=1" if request.GET.get("framed") else reverse("chat:door")


def _unknown(request: HttpRequest, secret: str) -> HttpResponse:
    """What a member wrote before this phone was signed out waits in it until they sign in again."""
    if not is_members(secret):
        raise Http404
    return HttpResponse(status=401) if "X-Outbox" in request.headers else HttpResponseRedirect(_lost(request, secret))


def _guest(request: HttpRequest, secret: str) -> Guest:
    guest = guest_of(secret, request.COOKIES)
    if guest is None:
        raise Http404
    return guest


def _not_too_fast(request: HttpRequest, guest: Guest) -> None:
    spare("chat", guest.address, a_minute=A_MINUTE)
    if guest.seen() is None:
        spare("chat-new", address(request), a_minute=STRANGERS_A_MINUTE)
