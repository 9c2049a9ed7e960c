"""API keys: made, checked, revoked. `ck_<prefix>_<secret>`: the prefix finds the row, the hash proves the secret."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.api.contracts import Scope
from clothier.api.events import ApiKeyCreated, ApiKeyRevoked
from clothier.api.models import ApiKey
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.access import Role, Viewer
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """A machine that showed a good key."""

    key: int
    name: str
    scopes: frozenset[str]
    viewer: Viewer

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes


def create_key(
    *,
    name: str,
    scopes: Collection[str],
    stores: Collection[int] | None = None,
    expires_at: datetime | None = None,
    actor: int | None = None,
    key: str | None = None,
) -> str:
    """A new key; the text is shown once and never again. `stores` None means the whole chain.

    Raises AlreadyRecorded when the idempotency `key` was used: the first call made the key.
    """
    unknown = set(scopes) - set(Scope)
    if not scopes or unknown:
        raise Refused(_("请选择密钥的权限：%(scopes)s") % {"scopes": "、".join(Scope)}, field="scopes")
    if not name.strip():
        raise Refused(_("请写明密钥的用途"), field="name")
    if expires_at and expires_at <= clock.now():
        raise Refused(_("到期时间应在将来"), field="expires_at")
    prefix, secret = secrets.token_hex(5), secrets.token_urlsafe(32)
    with transaction.atomic():
        row = ApiKey.objects.create(
            name=name.strip()[:60],
            prefix=prefix,
            secret_hash=_hash(secret),
            scopes=sorted(scopes),
            stores=None if stores is None else sorted(stores),
            created_at=clock.now(),
            created_by_id=actor,
            expires_at=expires_at,
        )
        event = ApiKeyCreated(scopes=row.scopes, stores=row.stores or [])
        record(event, subject=Ref("api_key", row.pk), actor=actor, key=key)
    return f"ck_{prefix}_{secret}"


@transaction.atomic
def revoke_key(*, prefix: str, actor: int | None = None) -> None:
    """Stop a key from working. Twice is once. Raises Refused for an unknown one."""
    row = ApiKey.objects.filter(prefix=prefix).values_list("pk", flat=True).first()
    if row is None:
        raise Refused(_("没有这个密钥"), field="prefix")
    if ApiKey.objects.filter(pk=row, revoked_at=None).update(revoked_at=clock.now()):
        record(ApiKeyRevoked(), subject=Ref("api_key", row), actor=actor)


def caller(text: str) -> Caller | None:
    """Who shows this key; None for an unknown, expired or revoked one."""
    mark, _sep, rest = text.partition("_")
    prefix, _sep, secret = rest.partition("_")
    if mark != "ck" or not secret or not prefix.isalnum():
        return None
    key = ApiKey.objects.filter(prefix=prefix[:12]).first()
    # The secret has 256 bits, so a plain hash is enough: there is nothing to guess.
    if key is None or not hmac.compare_digest(key.secret_hash, _hash(secret)):
        return None
    now = clock.now()
    if key.revoked_at or (key.expires_at and key.expires_at <= now):
        return None
    if key.used_at is None or now - key.used_at > USED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(used_at=now)
    return Caller(key.pk, key.name, frozenset(key.scopes), _viewer(key))


def _viewer(key: ApiKey) -> Viewer:
    if key.stores is None:
        return Viewer(user=None, employee=None, role=Role.OPERATOR, stores=None)
    return Viewer(user=None, employee=None, role=Role.MANAGER, stores=frozenset(key.stores))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
