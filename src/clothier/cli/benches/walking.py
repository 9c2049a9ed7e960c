"""Every page a role can open: the addresses of the URL map that need no number, and whatever their links lead to."""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http.response import HttpResponseRedirectBase
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver

# Whose pages are made and measured by others, and what is no page.
NOT_OURS = ("/office/", "/accounts/", "/api/", "/static/", "/healthz", "/readyz", "/metrics")
_LINK = re.compile(r"""\s(?:href|hx-get)=["']([^"'#]+)""")


def walk(client: Client) -> dict[str, str]:
    """An address for every route that answers this person with something to read.

    A new page needs no word here: it is found where it is linked, or in the URL map where it needs no number.
    """
    found: dict[str, str] = {}
    # Every address is asked once, for two may redirect to each other.
    asked: set[str] = set()
    waiting = deque(_without_numbers(get_resolver().url_patterns))
    while waiting:
        path = waiting.popleft()
        route = _route(path)
        if route is None or route in found or path in asked:
            continue
        asked.add(path)
        answer = client.get(path)
        if isinstance(answer, HttpResponseRedirectBase):
            waiting.append(urljoin(path, answer.url))
        elif answer.status_code == 200 and not answer.streaming:
            found[route] = path
            waiting.extend(_links(path, answer))
    return found


def _without_numbers(patterns: list[Any], before: str = "/") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _without_numbers(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and "<" not in route:
            yield route


def _route(path: str) -> str | None:
    """The route an address belongs to; None for what is not ours to measure."""
    try:
        return None if path.startswith(NOT_OURS) else resolve(urlsplit(path).path).route
    except Resolver404:
        return None


def _links(path: str, answer: Any) -> Iterator[str]:
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        for link in _LINK.findall(answer.content.decode()):
            address = urlsplit(urljoin(path, unescape(link)))
            if not address.netloc:
                yield address._replace(scheme="", fragment="").geturl()
