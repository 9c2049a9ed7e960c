"""Whose request it is behind a proxy: the address the outermost trusted proxy saw, put where everybody looks for it.

Every proxy appends the address it was called from to X-Forwarded-For, so only the last entries were written by ours;
what stands to the left of them the caller may have made up.
"""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse


class ForwardedAddress:
    """First of all middleware, so that limits, sign-in and whoever else reads REMOTE_ADDR see the customer's phone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PROXIES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if address := forwarded(request.META.get("HTTP_X_FORWARDED_FOR", ""), proxies=settings.PROXIES):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def forwarded(header: str, *, proxies: int) -> str | None:
    """The address of the last hop that is not one of our `proxies`; None where the header does not name one."""
    hops = [hop.strip() for hop in header.split(",")]
    return _address(hops[-min(proxies, len(hops))])


def _address(hop: str) -> str | None:
    """Some proxies name the port as well: 192.0.2.7:5123, [2001:db8::7]:5123."""
    host = hop[1:].partition("]")[0] if hop.startswith("[") else hop
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None
