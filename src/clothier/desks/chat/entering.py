"""How a customer comes to the chat: on our own page, or in a frame that one script puts on another site."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clothier.desks.chat.doors import COOKIE, STRANGERS_DAYS, guest_of, keep, new_secret


@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Back to the conversation this browser had, else to a new one. Nothing is kept before something is said."""
    known = guest_of(request.COOKIES.get(COOKIE, ""), request.COOKIES)
    secret = known.secret if known else new_secret()
    response = HttpResponseRedirect(reverse("chat:chat", args=[secret]))
    return keep(response, COOKIE, secret, days=STRANGERS_DAYS)


@require_safe
def frame(request: HttpRequest) -> HttpResponse:
    """The frame's first page: it remembers the conversation where cookies do not reach."""
    fresh = f"{reverse('chat:chat', args=[new_secret()])}?framed=1"
    context = {"fresh": fresh, "known": "no" if request.GET.get("lost") else "yes"}
    return framed(render(request, "chat/frame.html", context))


@require_safe
def widget(request: HttpRequest) -> HttpResponse:
    """The script for other sites, at an address that never changes."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def framed(response: HttpResponse) -> HttpResponse:
    """May stand in a frame on the sites the shop allows, and nowhere else."""
    sites = settings.CHAT_SITES
    response._csp_replace = {"frame-ancestors": sites or ["'none'"]}  # type: ignore[attr-defined]
    response.xframe_options_exempt = bool(sites)
    response["Cache-Control"] = "private, no-store"
    return response


@lru_cache(maxsize=1)
def _script() -> str:
    return Path(str(finders.find("chat/widget.js"))).read_text(encoding="utf-8")
