"""WeChat Pay's own keys: which of them signed something, fetched when they change hands.

The rules of API v3: the message is timestamp, nonce and body, each ended by a line feed; the serial number says which
key; certificates come from /v3/certificates, sealed with the APIv3 key.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from clothier.kernel import clock
from clothier.payments.contracts import Forged
from clothier.payments.providers.crypto import certificates, key_of, public_key, signed, unseal
from clothier.payments.providers.wire import Answered

# A signature is of this moment, give or take.
WINDOW = timedelta(minutes=5)
# An unknown serial number makes us look for new certificates, though not with every forgery that comes.
LOOK_AGAIN = timedelta(minutes=1)


class Platform:
    """`fetch` asks for the certificates; `given` is the PEM that the settings hold instead."""

    def __init__(self, *, secret: str, given: str, fetch: Callable[[], Answered]) -> None:
        self._secret, self._fetch = secret, fetch
        self._fixed = bool(given)
        self._keys: dict[str, RSAPublicKey] = _of_pem(given) if given else {}
        self._looked: datetime | None = None

    def check(self, headers: Mapping[str, str], body: bytes) -> None:
        """Raises Forged unless WeChat Pay signed this body within the last minutes."""
        told = {name.lower(): value for name, value in headers.items()}
        stamp, nonce = told.get("wechatpay-timestamp", ""), told.get("wechatpay-nonce", "")
        if not stamp.isdecimal() or len(stamp) > 12:
            raise Forged("no timestamp")
        if abs(clock.now().timestamp() - int(stamp)) > WINDOW.total_seconds():
            raise Forged("not of this moment")
        key = self._key(told.get("wechatpay-serial", ""))
        message = f"{stamp}\n{nonce}\n".encode() + body + b"\n"
        if key is None or not signed(key, message, told.get("wechatpay-signature", "")):
            raise Forged("signature")

    def _key(self, serial: str) -> RSAPublicKey | None:
        if serial not in self._keys and not self._fixed:
            self._look()
        if self._fixed and len(self._keys) == 1 and serial.startswith("PUB_KEY_ID_"):
            return next(iter(self._keys.values()))
        return self._keys.get(serial)

    def _look(self) -> None:
        now = clock.now()
        if self._looked and now - self._looked < LOOK_AGAIN:
            return
        self._looked = now
        answer = self._fetch()
        found: dict[str, RSAPublicKey] = {}
        for each in answer.json().get("data", []) if answer.status == 200 else []:
            found |= self._opened(each)
        if found:
            # Only what was sealed with our own secret gets here; its signature must be of one of the keys in it.
            before, self._keys = self._keys, found
            try:
                self.check(answer.headers, answer.body)
            except Forged:
                self._keys = before

    def _opened(self, told: Mapping[str, object]) -> dict[str, RSAPublicKey]:
        box = told.get("encrypt_certificate")
        if not isinstance(box, dict):
            return {}
        try:
            pem = unseal(
                self._secret,
                nonce=str(box.get("nonce")),
                about=str(box.get("associated_data", "")),
                sealed=str(box.get("ciphertext")),
            )
        except ValueError:
            return {}
        return _of_pem(pem.decode())


def _of_pem(pem: str) -> dict[str, RSAPublicKey]:
    """Keys by serial number, of certificates that hold now; of a bare public key under no number."""
    if "BEGIN CERTIFICATE" not in pem:
        return {"": public_key(pem)}
    now = clock.now()
    return {
        f"{each.serial_number:X}": key_of(each)
        for each in certificates(pem)
        if each.not_valid_before_utc <= now <= each.not_valid_after_utc
    }
