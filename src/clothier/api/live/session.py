"""Who listens: the sign-in cookie, read as the pages read it."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from clothier.kernel.access import Viewer
from clothier.kernel.connections import refresh_connection
from clothier.kernel.plain import storable
from clothier.staff.selectors import viewer_of


def viewer_by_cookie(header: str) -> Viewer | None:
    """The viewer signed in with this Cookie header; None for strangers and people who left."""
    refresh_connection()
    try:
        cookie = SimpleCookie(header).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if cookie is None or not storable(cookie.value):
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(cookie.value)
    return viewer_of(get_user(request))
