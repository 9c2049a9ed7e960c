"""A customer's own page opens for the phone that opened a link to it, and for nobody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clothier.conversations.services import can_text
from clothier.desks.shell.shops import Shop, shops_for
from clothier.kernel.access import SYSTEM
from clothier.loyalty.selectors import customer_of_phone
from clothier.standards.selectors import document

COOKIE = "clothier_member"
Page = Callable[..., HttpResponse]


def customer_of(request: HttpRequest) -> int | None:
    return customer_of_phone(request.COOKIES.get(COOKIE, ""), days=document("loyalty").member_page_days)


def let_in(page: Page) -> Page:
    """The page is given the customer; whoever has opened no link is told how to get one."""

    @wraps(page)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        customer = customer_of(request)
        if customer is None:
            return private(render(request, "member/stranger.html", {"by_code": by_code()}, status=403))
        return private(page(request, customer, **kwargs))

    return guarded


def by_code() -> bool:
    """Whether codes reach a phone: over a gateway, or on the page of a demonstration."""
    return can_text() or settings.DEMO


def keep(response: HttpResponse, told: str) -> HttpResponse:
    """The phone is let in from now on, to these pages alone."""
    response.set_cookie(
        COOKIE,
        told,
        max_age=document("loyalty").member_page_days * 86_400,
        path="/me/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def form_key(request: HttpRequest, whose: str) -> str | None:
    """The form's own key, so that a finger that slips says a thing once."""
    told = request.POST.get("key", "")[:48]
    return f"{whose}:{told}" if told.isascii() and told.isprintable() and told else None


def places_to_come() -> list[Shop]:
    """Where one can come: stores are no secret."""
    return [shop for shop in shops_for(SYSTEM) if shop.kind != "online"]


def private(response: HttpResponse) -> HttpResponse:
    """Nobody between us and the phone keeps a copy."""
    response["Cache-Control"] = "private, no-cache"
    return response
