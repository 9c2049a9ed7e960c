"""One signed POST to a checked address. No redirects, no proxies, a short patience."""

import hashlib
import hmac
import http.client
import socket
import ssl
from collections.abc import Iterable

from clothier.api.webhooks.guard import Target, checked
from clothier.kernel.errors import Refused

PATIENCE = 10.0


class NotTaken(Exception):
    """The other side did not take it: what it answered, or why it could not be reached."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


def signature(secrets: Iterable[str], timestamp: int, body: bytes) -> str:
    """HMAC-SHA-256 over "timestamp.body", once with each secret that holds, the newest first.

    The receiver takes it when any `v1` is the one it works out itself, and refuses old timestamps (replays).
    """
    told = f"{timestamp}.".encode() + body
    signed = [f"v1={hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()}" for secret in secrets]
    return ",".join([f"t={timestamp}", *signed])


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status, 200 to 299. Raises NotTaken for anything else; a redirect is not followed, it could lead inside."""
    try:
        target = checked(url)
    except Refused as refusal:
        raise NotTaken(refusal.message) from None
    connection = _connection(target)
    try:
        connection.request("POST", target.path, body, {**headers, "Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read(1024)
    except (OSError, http.client.HTTPException) as error:
        raise NotTaken(f"{type(error).__name__}: {error}"[:300]) from None
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise NotTaken(f"HTTP {answer.status}", answer.status)
    return answer.status


def _connection(target: Target) -> http.client.HTTPConnection:
    if target.scheme == "http":
        return _PinnedPlain(target)
    return _Pinned(target)


class _PinnedPlain(http.client.HTTPConnection):
    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=PATIENCE)
        self.target = target

    def connect(self) -> None:
        self.sock = socket.create_connection((self.target.ip, self.target.port), PATIENCE)


class _Pinned(http.client.HTTPSConnection):
    """Connects to the checked IP, proves itself by the host's name."""

    def __init__(self, target: Target) -> None:
        self.secure = ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=PATIENCE, context=self.secure)
        self.target = target

    def connect(self) -> None:
        raw = socket.create_connection((self.target.ip, self.target.port), PATIENCE)
        self.sock = self.secure.wrap_socket(raw, server_hostname=self.target.host)
