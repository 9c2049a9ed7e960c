"""Home, preferences, and the pages for when something is in the way."""

import sys

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, DataError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from clothier.desks.shell.access import signed_in
from clothier.desks.shell.navigation import home_of
from clothier.desks.shell.preferences import THEMES, remember_theme
from clothier.staff.middleware import ViewerRequest


@signed_in()
def home(request: ViewerRequest) -> HttpResponseBase:
    return redirect(home_of(request.viewer))


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the system's, and go back."""
    response = HttpResponseRedirect(_back(request))
    chosen = request.POST.get("theme", "auto")
    if chosen in THEMES:
        remember_theme(response, chosen, secure=settings.SESSION_COOKIE_SECURE)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def not_here(request: HttpRequest) -> HttpResponse:
    """An address that an application would bring along and the shop has no use for."""
    raise Http404


def failed(request: HttpRequest) -> HttpResponse:
    """Something raised what nobody foresaw; or the database is away, and soon back: then a phone says it again.

    So it does when the tables were brought to another shape under this process, or two met at the same row.
    """
    error = sys.exc_info()[1]
    if not isinstance(error, DatabaseError | InterfaceError) or isinstance(error, DataError):
        return render(request, "500.html", status=500)
    # Nobody can be looked up for this page: it is drawn as for a stranger.
    request.user = AnonymousUser()
    request.viewer = None  # type: ignore[attr-defined]
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "5"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "csrf.html", status=403)


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.headers.get("Referer") or "/"
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else "/"
