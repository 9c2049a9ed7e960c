"""Refusals become pages and toasts people understand; toasts ride along with htmx answers."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import page_not_found

from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Denied
from clothier.kernel.errors import Refused


class RefusalMiddleware:
    """Denied → the 403 page. Refused → a toast on the page the person came from, or a page of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            return None
        if isinstance(exception, Denied):
            return _said(request, str(exception), 403) or render(
                request, "403.html", {"reason": str(exception)}, status=403
            )
        if isinstance(exception, Refused):
            return _said(request, exception.message, 409) or _back(request, exception.message)
        if isinstance(exception, ObjectDoesNotExist) and request.resolver_match and request.resolver_match.kwargs:
            # A number in the address that nobody has, or has any more.
            return page_not_found(request, Http404())
        return None


class ToastMiddleware:
    """Adds waiting toasts to a fragment, out of band; a full page draws them by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _takes_toasts(request, response) and len(messages.get_messages(request)):
            fragment = render_to_string("shell/toasts-oob.html", request=request)
            response.content += fragment.encode()
        return response


def _takes_toasts(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.headers.get("HX-Request") == "true"
        and response.status_code == 200
        and not response.streaming
        and response.get("Content-Type", "").startswith("text/html")
        and "HX-Redirect" not in response
        and "HX-Refresh" not in response
        and b'id="toasts"' not in response.content
    )


def _said(request: HttpRequest, text: str, status: int) -> HttpResponse | None:
    if request.headers.get("HX-Request") != "true":
        return None
    response = HttpResponse(status=status)
    response["HX-Reswap"] = "none"
    response["HX-Trigger"] = json.dumps({"toast": {"text": text, "tone": "bad"}})
    return response


def _back(request: HttpRequest, text: str) -> HttpResponse:
    came_from = urlsplit(request.headers.get("Referer", ""))
    # After a POST only: a page that refuses to be shown would send its reader round in a circle.
    if request.method == "POST" and came_from.netloc == request.get_host():
        toast(request, text, bad=True)
        return HttpResponseRedirect(came_from.path + (f"?{came_from.query}" if came_from.query else ""))
    return render(request, "refused.html", {"reason": text}, status=409)
