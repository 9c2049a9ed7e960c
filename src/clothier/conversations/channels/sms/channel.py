"""SMS through any gateway that speaks our small protocol: JSON over HTTPS, signed both ways.

    POST <url>  {"id": "41", "to": "13800138000", "text": "…"}
    X-Timestamp: seconds since 1970
    X-Signature: hex HMAC-SHA256(secret, timestamp + "." + body)

The gateway answers {"number": "…"} and knows an id it has had. It tells us of messages and receipts in the same way.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from clothier.conversations.channels.http import fetch
from clothier.conversations.contracts import Identity, NotSent, Outgoing
from clothier.kernel import clock

# A signature is good for five minutes: what was heard on the line cannot be played again later.
FRESH = 300


class Sms:
    key = "sms"
    pushes = True
    # Words alone: no gateway in China carries pictures any more.
    carries: Mapping[str, int] = {}

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.url, self.secret = str(told["url"]), str(told["secret"])

    def identity(self, address: str) -> Identity | None:
        """Who writes from a number holds the telephone; sender numbers can be forged, so it proves nothing."""
        return Identity("phone", address, False)

    def send(self, out: Outgoing) -> str:
        body = json.dumps({"id": str(out.message), "to": out.address, "text": out.text}, ensure_ascii=False).encode()
        at = str(int(clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Timestamp": at,
            "X-Signature": signature(self.secret, at, body),
        }
        try:
            return str(json.loads(fetch("POST", self.url, body=body, headers=headers))["number"])
        except (ValueError, KeyError, TypeError):
            raise NotSent("unreadable answer") from None

    def hear(self, at: str, signed: str, body: bytes) -> dict[str, Any] | None:
        """What the gateway tells; None for a wrong or old signature, and for what is no object."""
        fresh = at.isdecimal() and abs(clock.now().timestamp() - int(at[:12])) <= FRESH
        if not fresh or not hmac.compare_digest(signature(self.secret, at, body), signed):
            return None
        try:
            told = json.loads(body)
        except ValueError:
            return None
        return told if isinstance(told, dict) else None


def signature(secret: str, at: str, body: bytes) -> str:
    return hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
