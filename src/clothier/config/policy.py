"""The content security policy, composed once: the same for every page but those that ask for more."""

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Policy(CSPMiddleware):
    """django-csp copies and joins the whole policy twice for each answer; that is needed only where it differs."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        special = getattr(request, "_csp_nonce", None) or any(name.startswith("_csp") for name in vars(response))
        if special or HEADER in response:
            return super().process_response(request, response)
        response[HEADER] = _usual()
        return response


@cache
def _usual() -> str:
    return str(build_policy())
