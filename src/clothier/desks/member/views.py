"""The customer's own page: tier, code, points, and what becomes of them."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.cases.selectors import words
from clothier.conversations.selectors import unread
from clothier.customers.selectors import own_name
from clothier.desks.chat.doors import let_in as let_into_chat
from clothier.desks.chat.doors import let_out as let_out_of_chat
from clothier.desks.chat.doors import new_secret
from clothier.desks.member.doors import COOKIE, customer_of, keep, let_in, private
from clothier.desks.member.matters import open_matters
from clothier.desks.member.orders import place
from clothier.desks.shell.statements import rows_said
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.loyalty.contracts import CODE_SECONDS
from clothier.loyalty.selectors import balance, card_of, expiring, forecast, statement, tier_named, tier_of
from clothier.loyalty.services import open_link
from clothier.rewards.selectors import shown, usable_by
from clothier.standards.selectors import document

FIRST = 5
MOST_EXPIRIES = 6


@let_in
@require_safe
def home(request: HttpRequest, customer: int) -> HttpResponse:
    rules, standing, language = document("loyalty"), tier_of(customer), get_language() or ""
    tier, ahead = tier_named(standing.tier, rules), forecast(customer, standing)
    above = tier_named(ahead.tier, rules) if ahead else None
    rows, more = statement(customer, limit=FIRST)
    context = {
        "name": own_name(customer),
        "tier": tier.name.say(language) if tier else "",
        "benefits": tier.benefits if tier else (),
        "standing": standing,
        "ahead": ahead,
        "above": above.name.say(language) if above else "",
        "card": card_of(customer),
        "seconds": CODE_SECONDS,
        "balance": balance(customer),
        "expiring": expiring(customer, limit=MOST_EXPIRIES),
        "rows": rows_said(rows),
        "more": more,
        "matters": open_matters(customer),
        "w": words,
        "unread": unread(customer),
        "coupons": shown(usable_by(customer)),
        "family": rules.family.pooled,
    }
    return render(request, "member/home.html", context)


@let_in
@require_safe
def points(request: HttpRequest, customer: int) -> HttpResponse:
    """The whole statement, a page at a time."""
    rows, more = statement(customer, before=place(request))
    following = f"?{urlencode({'at': more[0].isoformat(), 'id': more[1]})}" if more else ""
    context = {"rows": rows_said(rows), "next": following, "balance": balance(customer)}
    return render(request, "member/statement.html", context)


@let_in
@require_safe
def chat(request: HttpRequest, customer: int) -> HttpResponse:
    """The one conversation with us, known as who they are."""
    response = HttpResponseRedirect(reverse("chat:chat", args=[new_secret(customer)]))
    return let_into_chat(response, request.COOKIES[COOKIE])


@require_safe
def clock_of_ours(request: HttpRequest) -> HttpResponse:
    """What time it is, for a phone whose own clock is wrong: its codes would be too."""
    return private(JsonResponse({"now": clock.now().timestamp()}))


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, token: str) -> HttpResponse:
    """Asks before it opens: whatever looks at an address on its own would use the link up."""
    if request.method != "POST":
        return private(render(request, "member/opening.html"))
    try:
        told = open_link(token=token)
    except Refused as refused:
        if customer_of(request) is not None:
            return HttpResponseRedirect(reverse("member:home"))
        return private(render(request, "member/opening.html", {"problem": refused.message}, status=409))
    return keep(HttpResponseRedirect(reverse("member:home")), told)


@require_POST
def leaving(request: HttpRequest) -> HttpResponse:
    """This phone is not let in any more, neither here nor to the chat."""
    response = HttpResponseRedirect(reverse("member:home"))
    response.delete_cookie(COOKIE, path="/me/")
    return let_out_of_chat(response)
