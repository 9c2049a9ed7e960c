"""RSA2 as Alipay writes it: parameters in alphabetical order joined by &, without empty ones; answers as they stand."""

import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from clothier.payments.providers.crypto import sign, signed

_UNSIGNED = frozenset({"sign", "sign_type"})


def joined(fields: Mapping[str, str], *, without: frozenset[str] = frozenset({"sign"})) -> bytes:
    return "&".join(
        f"{name}={value}" for name, value in sorted(fields.items()) if value and name not in without
    ).encode()


def with_signature(key: RSAPrivateKey, fields: Mapping[str, str]) -> dict[str, str]:
    return {**fields, "sign": sign(key, joined(fields))}


def is_notification_signed(key: RSAPublicKey, fields: Mapping[str, str]) -> bool:
    """In notifications the kind of signature is not part of what is signed."""
    right_kind = fields.get("sign_type") == "RSA2"
    return right_kind and signed(key, joined(fields, without=_UNSIGNED), fields.get("sign", ""))


def answer_in(key: RSAPublicKey, verb: str, text: str) -> dict[str, Any] | None:
    """The answer to a verb, taken from the text as it stands, for its very characters are signed; None unless they
    are.
    """
    name = f'"{verb.replace(".", "_")}_response":'
    start = text.find(name)
    if start < 0:
        return None
    try:
        at = start + len(name)
        at += len(text[at:]) - len(text[at:].lstrip())
        told, end = json.JSONDecoder().raw_decode(text, at)
        signature = json.loads(text).get("sign", "")
    except (ValueError, AttributeError):
        return None
    ours = isinstance(told, dict) and isinstance(signature, str) and signed(key, text[at:end].encode(), signature)
    return told if ours else None
