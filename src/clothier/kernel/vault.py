"""The vault's cryptography: a key per person, wrapped by the chain's key, and keyed hashes to search by.

Dropping a person's wrapped key makes everything sealed with it unreadable for good: that is erasure.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
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


class FreshKey:
    """A person's key just made and still open: `wrapped` is what is stored (60 bytes); sealing needs no unwrapping."""

    __slots__ = ("_cipher", "_key", "wrapped")

    def __init__(self, chain: AESGCM) -> None:
        self._key = AESGCM.generate_key(256)
        self._cipher: AESGCM | None = None
        self.wrapped = _sealed(chain, self._key)

    def seal(self, text: str) -> str:
        # Of somebody known by a number alone there is nothing to seal, and a cipher costs as much as the key.
        cipher = self._cipher = self._cipher or AESGCM(self._key)
        return base64.urlsafe_b64encode(_sealed(cipher, text.encode())).decode()


def fresh_keys(count: int) -> list[FreshKey]:
    chain = _chain_cipher()
    return [FreshKey(chain) for _key in range(count)]


def new_key() -> bytes:
    """A fresh person's key, wrapped: store it; 60 bytes."""
    return FreshKey(_chain_cipher()).wrapped


def seal(wrapped_key: bytes, text: str) -> str:
    """Encrypt text (AES-256-GCM) with a person's wrapped key; URL-safe base64."""
    return base64.urlsafe_b64encode(_sealed(_opened(wrapped_key), text.encode())).decode()


def seal_bytes(wrapped_key: bytes, content: bytes) -> bytes:
    """As `seal`, for files."""
    return _sealed(_opened(wrapped_key), content)


def unseal_bytes(wrapped_key: bytes, sealed: bytes) -> bytes:
    """As `unseal`, for files."""
    return _unsealed(_opened(wrapped_key), sealed)


def unseal(wrapped_key: bytes, sealed: str) -> str:
    """The text again. Raises SealBroken when it was changed or sealed for somebody else."""
    return _unsealed(_opened(wrapped_key), base64.urlsafe_b64decode(sealed)).decode()


def keyed_hash(purpose: str, text: str) -> str:
    """What a phone number is searched by: HMAC-SHA-256, 32 hex digits. Same text, same purpose, same hash."""
    return keyed_hasher(purpose)(text)


def keyed_hasher(purpose: str) -> Callable[[str], str]:
    """`keyed_hash` for very many texts of one purpose."""
    keyed = _hasher(settings.VAULT_KEY, purpose)

    def hashed(text: str) -> str:
        hasher = keyed.copy()
        hasher.update(text.encode())
        return hasher.hexdigest()[:32]

    return hashed


def _opened(wrapped_key: bytes) -> AESGCM:
    return AESGCM(_unsealed(_chain_cipher(), bytes(wrapped_key)))


def _chain_cipher() -> AESGCM:
    return _cipher(settings.VAULT_KEY)


@cache
def _cipher(secret: str) -> AESGCM:
    return AESGCM(_derived(secret, "wrap"))


@cache
def _hasher(secret: str, purpose: str) -> hmac.HMAC:
    """Taking in the key is most of a hash's work; every hash begins with a copy of this."""
    return hmac.new(_derived(secret, purpose), digestmod=hashlib.sha256)


def _sealed(cipher: AESGCM, data: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + cipher.encrypt(nonce, data, None)


def _unsealed(cipher: AESGCM, data: bytes) -> bytes:
    try:
        return cipher.decrypt(data[:_NONCE], data[_NONCE:], None)
    except InvalidTag:
        raise SealBroken("the sealed text does not open with this key") from None
