"""Signatures on coupons, for tills that cannot ask: Ed25519, so that a till can check what it could never write.

The key is derived from the chain's vault key: it is in no file and no table, and every process has the same.
"""

import base64
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils.translation import gettext as _

from clothier.kernel import vault
from clothier.kernel.errors import Refused
from clothier.rewards.rules import offline


def signed(promise: offline.Promise) -> str:
    body = offline.written(promise)
    return offline.token(body, _key().sign(body))


def opened(token: str) -> offline.Promise:
    """The promise a token makes. Refused when it was changed or is not ours."""
    try:
        body, signature = offline.parts(token)
        _key().public_key().verify(signature, body)
        return offline.read(body)
    except (ValueError, KeyError, InvalidSignature):
        raise Refused(_("这张券的签名不对，不能使用"), field="token") from None


def public_key() -> str:
    """What tills check signatures with, base64."""
    return base64.b64encode(_key().public_key().public_bytes_raw()).decode()


@cache
def _key() -> Ed25519PrivateKey:
    halves = (vault.keyed_hash("coupon-signature", half) for half in ("first half", "second half"))
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex("".join(halves)))
