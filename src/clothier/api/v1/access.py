"""Keys, scopes and stores of a request."""

import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from clothier.api import limits
from clothier.api.contracts import Scope
from clothier.api.keys import Caller, caller
from clothier.api.models import Repetition
from clothier.api.problems import Problem
from clothier.kernel import clock
from clothier.kernel.access import Denied
from clothier.kernel.errors import Refused
from clothier.places.selectors import stores_for, zones_for


class CallerRequest(HttpRequest):
    """A request with a good key."""

    auth: Caller


class Key(HttpBearer):
    """Authorization: Bearer ck_… with the scope an operation needs, looked at before anything that was sent is.

    An operation that names no scope opens for nobody.
    """

    openapi_description = "An API key, made in the studio (Connections) or with `clothier key create`."

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = caller(token)
        if found is None:
            limits.guesses.require(request.META.get("REMOTE_ADDR", ""))
            return None
        limits.requests.require(str(found.key))
        if not self.scope or not found.may(self.scope):
            raise Denied(_("这个密钥缺少权限 %(scope)s") % {"scope": self.scope})
        return found


def store_by_code(who: Caller, code: str) -> int:
    """A store the key reaches, by its code. One it does not reach is as unknown as one that is not there."""
    store = stores_for(who.viewer).filter(code=code).values_list("pk", flat=True).first()
    if store is None:
        raise Refused(_("没有这个门店：%(code)s") % {"code": code}, field="store")
    return store


def zone_by_code(who: Caller, store: int, code: str) -> int:
    zone = zones_for(who.viewer, store=store).filter(code=code).values_list("pk", flat=True).first()
    if zone is None:
        raise Refused(_("门店里没有这个区位：%(code)s") % {"code": code}, field="zone")
    return zone


def repetition_key(request: CallerRequest) -> str | None:
    """The verb's idempotency key from the header Idempotency-Key; the same key with another request is refused."""
    given = request.headers.get("Idempotency-Key", "")
    if not given:
        return None
    if len(given) > 255:
        raise Problem(400, _("Idempotency-Key 最长 255 个字符"))
    key_hash = _digest(given.encode())
    asked = _digest(f"{request.method} {request.path}\n".encode() + request.body)
    try:
        with transaction.atomic():
            Repetition.objects.create(
                api_key_id=request.auth.key, key_hash=key_hash, request_hash=asked, used_at=clock.now()
            )
    except IntegrityError:
        first = Repetition.objects.get(api_key_id=request.auth.key, key_hash=key_hash)
        if first.request_hash != asked:
            raise Problem(422, _("这个 Idempotency-Key 已用于另一个请求")) from None
    return f"api:{request.auth.key}:{key_hash}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:40]
