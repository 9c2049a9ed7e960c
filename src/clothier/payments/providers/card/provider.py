"""Card terminals, UnionPay style: the till's gateway in the shop's network speaks JSON over HTTP to the terminal.

Each message is signed with HMAC-SHA256 over method, path, time and body under a key shared with the gateway; answers
likewise. Answers carry the two-digit codes of ISO 8583 as acquirers use them: 00 approved, 51 no cover, and so on.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from clothier.kernel import clock
from clothier.payments.contracts import Answer, Cause, Charge, Exchange, Payback, Said
from clothier.payments.providers.wire import SILENCE, request

WINDOW = 300
CODES = {
    "00": (Said.CAPTURED, Cause.NONE),
    "09": (Said.WAITING, Cause.NONE),  # request in progress: card not yet inserted, number not yet entered
    "25": (Said.ABSENT, Cause.NONE),  # no such transaction
    "51": (Said.FAILED, Cause.INSUFFICIENT),
    "05": (Said.FAILED, Cause.DECLINED),
    "14": (Said.FAILED, Cause.DECLINED),
    "54": (Said.FAILED, Cause.DECLINED),
    "55": (Said.FAILED, Cause.DECLINED),
    "17": (Said.CANCELLED, Cause.CUSTOMER_CANCELLED),
    "61": (Said.FAILED, Cause.LIMIT),
    "65": (Said.FAILED, Cause.LIMIT),
    "03": (Said.FAILED, Cause.MISCONFIGURED),
    "58": (Said.FAILED, Cause.MISCONFIGURED),
    "A0": (Said.FAILED, Cause.MISCONFIGURED),  # MAC wrong
    "91": (Said.UNKNOWN, Cause.PROVIDER),
    "96": (Said.UNKNOWN, Cause.PROVIDER),
    "98": (Said.UNKNOWN, Cause.PROVIDER),
}
_EVIDENCE = ["number", "of", "fen", "currency", "code", "message", "trace", "reference", "batch", "terminal"]


class CardTerminal:
    name = "card"

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told

    def pay(self, charge: Charge) -> Answer:
        return self._ask("sale", charge.number, fen=charge.fen, currency=charge.currency, till=charge.till)

    def ask(self, charge: Charge) -> Answer:
        return self._ask("inquiry", charge.number)

    def cancel(self, charge: Charge) -> Answer:
        """Void: taken back if it was approved, called off if it was not."""
        return self._ask("void", charge.number, done=Said.CANCELLED)

    def refund(self, payback: Payback) -> Answer:
        return self._ask("refund", payback.number, of=payback.charge.number, fen=payback.fen)

    def ask_refund(self, payback: Payback) -> Answer:
        return self._ask("inquiry", payback.number)

    def _ask(self, verb: str, number: str, *, done: Said | None = None, **told: Any) -> Answer:
        path = f"/terminal/{verb}"
        body = json.dumps(
            {"merchant": self._told["merchant"], "number": number, **told}, separators=(",", ":")
        ).encode()
        stamp = str(int(clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Time": stamp,
            "X-Mac": mac(self._told["secret"], f"POST {path}", stamp, body),
        }
        answered = request("POST", self._told["base"] + path, headers=headers, body=body)
        if answered.status and not is_from(self._told["secret"], path, answered.headers, answered.body):
            answered = SILENCE
        said = answered.json()
        exchange = Exchange(verb, answered.status, _shown({"number": number, **told}), _shown(said))
        if not answered.status or said.get("number") != number:
            return Answer(Said.UNKNOWN, number, cause=Cause.UNREACHABLE, exchanges=(exchange,))
        meant, cause = CODES.get(str(said.get("code")), (Said.FAILED, Cause.DECLINED))
        if done and meant in (Said.CAPTURED, Said.ABSENT):
            meant, cause = done, Cause.TILL_CANCELLED
        return Answer(
            meant,
            number,
            str(said.get("reference") or ""),
            fen=said.get("fen") if meant is Said.CAPTURED else None,
            currency=str(said.get("currency", "CNY")),
            cause=cause,
            exchanges=(exchange,),
        )


def mac(secret: str, what: str, stamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{what}\n{stamp}\n".encode() + body, hashlib.sha256).hexdigest()


def is_from(secret: str, path: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the gateway answered, just now."""
    stamp = headers.get("x-time", "")
    if not stamp.isdecimal() or abs(clock.now().timestamp() - int(stamp[:12])) > WINDOW:
        return False
    return hmac.compare_digest(mac(secret, f"ANSWER {path}", stamp, body), headers.get("x-mac", ""))


def _shown(told: Mapping[str, Any]) -> dict[str, Any]:
    """Never a card's number, not even masked."""
    return {name: told[name] for name in _EVIDENCE if name in told}
