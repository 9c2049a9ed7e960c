"""What goes wrong, as application/problem+json (RFC 9457), in the user's words."""

from http import HTTPStatus
from typing import Any

import structlog
from django.db import DatabaseError, DataError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from clothier.kernel.access import Denied
from clothier.kernel.errors import Refused

log = structlog.get_logger(__name__)


class Problem(Exception):
    def __init__(self, status: int, detail: str, *, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers or {}


def answer(status: int, detail: str, **more: Any) -> JsonResponse:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/problem+json"
    return response


def handle_all(api: NinjaAPI) -> None:
    """Every refusal of the house as a problem document."""

    @api.exception_handler(Problem)
    def problem(request: HttpRequest, error: Problem) -> HttpResponse:
        response = answer(error.status, error.detail)
        for name, value in error.headers.items():
            response[name] = value
        return response

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return answer(409 if not error.field else 422, error.message, errors=_fields(error))

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"field": _place(each["loc"]), "message": each["msg"]} for each in error.errors]
        return answer(422, _("请求内容有误，见 errors"), errors=errors)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = answer(401, _("请在 Authorization 头里提供有效的密钥：Bearer ck_…"))
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(Denied)
    def denied(request: HttpRequest, error: Denied) -> HttpResponse:
        return answer(403, str(error) or _("这个密钥没有这项权限"))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(404, _("没有找到"))

    @api.exception_handler(HttpError)
    def http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(error.status_code, _said(error))

    @api.exception_handler(InterfaceError)
    @api.exception_handler(DatabaseError)
    def busy(request: HttpRequest, error: DatabaseError | InterfaceError) -> HttpResponse:
        return _of_database(error)


def _of_database(error: DatabaseError | InterfaceError) -> HttpResponse:
    log.exception("database_error")
    if isinstance(error, DataError):
        # Too long or too large for its column: it would be so again.
        return answer(422, _("有一项内容太长或超出范围"))
    response = answer(503, _("数据库暂时繁忙，请稍后重试"))
    response["Retry-After"] = "2"
    return response


def _said(error: HttpError) -> str:
    """What Ninja takes for bad JSON may be a problem of ours, raised where the body is read."""
    if isinstance(error.__cause__, Problem):
        return error.__cause__.detail
    return _("请求不是有效的 JSON") if error.status_code == 400 else str(error)


def _fields(error: Refused) -> list[dict[str, str]]:
    return [{"field": error.field, "message": error.message}] if error.field else []


def _place(parts: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in parts if part not in {"body", "data", "query", "path"})
