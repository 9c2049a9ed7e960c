"""The vault's cryptography: a key per person, wrapped by the chain's key, and keyed hashes to search by.

Dropping a person's wrapped key makes everything sealed with it unreadable for good: that is erasure.
"""

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class SealBroken(ValueError):
    """The sealed text was changed, or belongs to another key."""


@cache
def _derived(secret: str, purpose: str) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=purpose.encode(), n=2**14, r=8, p=1, dklen=32)


def _chain_key(purpose: str) -> bytes:
    return _derived(settings.VAULT_KEY, purpose)


def new_key() -> bytes:
    """A fresh person's key, wrapped: store it; 60 bytes."""
    return _seal(_chain_key("wrap"), AESGCM.generate_key(256))


def seal(wrapped_key: bytes, text: str) -> str:
    """Encrypt text (AES-256-GCM) with a person's wrapped key; URL-safe base64."""
    return base64.urlsafe_b64encode(_seal(_unwrap(wrapped_key), text.encode())).decode()


def unseal(wrapped_key: bytes, sealed: str) -> str:
    """The text again. Raises SealBroken when it was changed or sealed for somebody else."""
    return _unseal(_unwrap(wrapped_key), base64.urlsafe_b64decode(sealed)).decode()


def keyed_hash(purpose: str, text: str) -> str:
    """What a phone number is searched by: HMAC-SHA-256, 32 hex digits. Same text, same purpose, same hash."""
    return hmac.new(_chain_key(purpose), text.encode(), hashlib.sha256).hexdigest()[:32]


def _unwrap(wrapped_key: bytes) -> bytes:
    return _unseal(_chain_key("wrap"), bytes(wrapped_key))


def _seal(key: bytes, data: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, None)


def _unseal(key: bytes, data: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], None)
    except InvalidTag:
        raise SealBroken("the sealed text does not open with this key") from None
