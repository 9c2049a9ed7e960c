"""The envelope of WeChat and WeCom callbacks: SHA-1 signatures and, in encrypted mode, AES-256-CBC.

As https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Message_encryption_and_decryption_instructions
describes it: sixteen random bytes, the length in four, the message, and who it is for, padded to 32.
"""

import base64
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32


class Forged(ValueError):
    """The signature is not theirs, or the envelope does not open."""


def signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def check(signed: str, *parts: str) -> None:
    """Raises Forged unless these parts (the token among them) make this signature."""
    if not hmac.compare_digest(signature(*parts), signed):
        raise Forged("signature")


class Envelope:
    """Seals and opens with the account's EncodingAESKey (43 characters) for one receiver (appid or corpid)."""

    def __init__(self, encoding_key: str, receiver: str) -> None:
        self._key, self._receiver = base64.b64decode(encoding_key + "="), receiver.encode()

    def open(self, sealed: str) -> bytes:
        """Raises Forged for what was not sealed for us."""
        try:
            data = base64.b64decode(sealed, validate=True)
            plain = self._cipher().decryptor().update(data)
            plain = plain[: -plain[-1]]
            (length,) = struct.unpack(">I", plain[16:20])
        except (ValueError, IndexError, struct.error):
            raise Forged("envelope") from None
        if plain[20 + length :] != self._receiver:
            raise Forged("receiver")
        return plain[20 : 20 + length]

    def seal(self, message: bytes) -> str:
        plain = os.urandom(16) + struct.pack(">I", len(message)) + message + self._receiver
        pad = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))
