"""Into one's own page with a code sent to the phone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from clothier.desks.member.doors import by_code, customer_of, keep, private
from clothier.desks.shell.limits import address, spare
from clothier.kernel.errors import Refused
from clothier.loyalty.services import ask_code, code_to_read, open_by_code

ASKED_A_MINUTE, TRIED_A_MINUTE = 10, 20


@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest) -> HttpResponse:
    """The phone number; posting sends a code to it, if it is a member's, and asks for the code either way."""
    if request.method != "POST":
        if customer_of(request) is not None:
            return private(HttpResponseRedirect(reverse("member:home")))
        return private(render(request, "member/stranger.html", {"by_code": by_code()}))
    phone = request.POST.get("phone", "").strip()[:20]
    try:
        spare("door-code", address(request), a_minute=ASKED_A_MINUTE)
        ask_code(phone=phone)
    except Refused as refused:
        if refused.field == "phone":
            told = {"problem": refused.message, "phone": phone, "by_code": by_code()}
            return private(render(request, "member/stranger.html", told, status=422))
        return _code(request, phone, refused.message, status=409)
    return _code(request, phone)


@require_POST
def entering(request: HttpRequest) -> HttpResponse:
    """The code; right, this phone is let in."""
    phone = request.POST.get("phone", "").strip()[:20]
    try:
        spare("door-try", address(request), a_minute=TRIED_A_MINUTE)
        told = open_by_code(phone=phone, code=request.POST.get("code", "")[:12])
    except Refused as refused:
        return _code(request, phone, refused.message, status=422)
    return keep(HttpResponseRedirect(_next(request)), told)


def _code(request: HttpRequest, phone: str, problem: str = "", status: int = 200) -> HttpResponse:
    # A demonstration sends no messages: what would be on the phone is on the page.
    shown = code_to_read(phone=phone) if settings.DEMO else ""
    told = {"phone": phone, "problem": problem, "shown": shown}
    return private(render(request, "member/code.html", told, status=status))


def _next(request: HttpRequest) -> str:
    """Back to the page they had wanted; nowhere else."""
    wanted = request.POST.get("next", "")
    return wanted if wanted.startswith("/me/") and ".." not in wanted else reverse("member:home")
