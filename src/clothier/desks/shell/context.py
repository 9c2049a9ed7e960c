"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clothier.desks.shell.navigation import in_bar, places_for
from clothier.desks.shell.preferences import theme_of
from clothier.staff.selectors import role_name


def shell(request: HttpRequest) -> dict[str, Any]:
    """Who looks, where they may go, and how it looks; and the form token, once for all forms of the page.

    `viewer`, `role_name`, `navigation`, `in_bar`, `here`, `theme`, `demo`, `csrf_token`, `csrf_input`.
    """
    viewer = getattr(request, "viewer", None)
    places = places_for(viewer) if viewer else []
    here = next((place for place in places if place.holds(request.path)), None)
    # Django masks the token anew wherever it is written, which on a page of ten forms takes as long as a query.
    token = SimpleLazyObject(lambda: get_token(request))
    return {
        "viewer": viewer,
        "role_name": role_name(viewer.role) if viewer else "",
        "navigation": places,
        "in_bar": in_bar(places, here),
        "here": here,
        "theme": theme_of(request),
        "demo": settings.DEMO,
        "csrf_token": token,
        "csrf_input": SimpleLazyObject(lambda: _hidden(token)),
    }


def _hidden(token: object) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
