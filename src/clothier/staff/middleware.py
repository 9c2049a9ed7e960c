"""Puts `request.viewer` on every request: a Viewer, or None for a stranger."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from clothier.kernel.access import Viewer
from clothier.staff.selectors import viewer_of


class ViewerRequest(HttpRequest):
    """A request of somebody signed in: what views behind `signed_in` are given."""

    viewer: Viewer


class ViewerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Lazy: a static page or a health check asks the database nothing.
        request.viewer = SimpleLazyObject(lambda: viewer_of(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)
