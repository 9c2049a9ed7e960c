"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from clothier.desks.shell.navigation import places_for
from clothier.desks.shell.preferences import theme_of
from clothier.staff.selectors import role_name


def shell(request: HttpRequest) -> dict[str, Any]:
    """`viewer`, `role_name`, `navigation`, `here`, `theme`, `demo`: who looks, where they may go, and how it looks."""
    viewer = getattr(request, "viewer", None)
    places = places_for(viewer) if viewer else []
    return {
        "viewer": viewer,
        "role_name": role_name(viewer.role) if viewer else "",
        "navigation": places,
        "here": next((place for place in places if place.holds(request.path)), None),
        "theme": theme_of(request),
        "demo": settings.DEMO,
    }
