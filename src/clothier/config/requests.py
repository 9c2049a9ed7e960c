"""Each request gets an id, one line in the log and its place in the figures. Routes, never addresses: a path may hold
what somebody typed."""

import re
import time
import uuid
from collections.abc import Callable
from contextlib import nullcontext

import structlog
from django.http import HttpRequest, HttpResponse

from clothier.config.health import figures
from clothier.standards.selectors import settled

log = structlog.get_logger("clothier.request")
_ACCEPTABLE = re.compile(r"[A-Za-z0-9-]{8,64}")
_QUIET = ("/healthz", "/readyz", "/metrics", "/static/")


class RequestMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        request_id = _request_id(request)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            # Looking changes nothing, so the house rules need looking up once only.
            with settled() if request.method in {"GET", "HEAD"} else nullcontext():
                response = self.get_response(request)
            _note(request, response, time.perf_counter() - began)
        response["X-Request-ID"] = request_id
        return response


def _request_id(request: HttpRequest) -> str:
    """The caller's own id where it is a harmless one, so that a trail can be followed through a proxy."""
    given = request.headers.get("X-Request-ID", "")
    return given if _ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    route = match.route if match else "unmatched"
    method = request.method if request.method in {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"} else "OTHER"
    figures.note_request(method=method or "OTHER", route=route, status=response.status_code, seconds=seconds)
    if not request.path.startswith(_QUIET):
        say = log.error if response.status_code >= 500 else log.info
        say("request", method=method, route=f"/{route}", status=response.status_code, ms=round(seconds * 1000, 1))
