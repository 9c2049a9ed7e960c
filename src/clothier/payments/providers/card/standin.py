"""A card terminal's gateway in small: sale, inquiry, void and refund, each message with its MAC."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from clothier.kernel import clock
from clothier.payments.contracts import Cause, Reply, Said
from clothier.payments.providers.card.provider import mac
from clothier.payments.providers.standin import Moment, Refusal, StandIn, Trade

_CODES = {Said.CAPTURED: "00", Said.WAITING: "09", Said.CANCELLED: "17", Said.UNKNOWN: "96"}
_CAUSES = {Cause.INSUFFICIENT: "51", Cause.LIMIT: "61", Cause.DECLINED: "05", Cause.PROVIDER: "96"}


class CardStandIn(StandIn):
    name = "card"

    def __init__(self, *, now: Moment = clock.now, port: int = 0) -> None:
        super().__init__(now=now, port=port)
        self.merchant, self.secret = "898" + f"{secrets.randbelow(10**12):012d}", secrets.token_hex(24)

    def settings(self, notify: str = "") -> dict[str, str]:
        return {"base": self.base, "merchant": self.merchant, "secret": self.secret}

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply | None:
        told: dict[str, Any] = json.loads(body)
        right = mac(self.secret, f"POST {path}", headers.get("x-time", ""), body) == headers.get("x-mac")
        said = self._said(path.removeprefix("/terminal/"), told) if right else {"code": "A0"}
        return Reply(200, "application/json", json.dumps({"number": told.get("number"), **said}).encode())

    def headers_for(self, path: str, body: bytes) -> Mapping[str, str]:
        stamp = str(int(self.book.now().timestamp()))
        return {"X-Time": stamp, "X-Mac": mac(self.secret, f"ANSWER {path}", stamp, body)}

    def tell(self, trade: Trade, refund: str) -> None:
        """A terminal notifies nobody: the till is at its other end."""

    def _said(self, verb: str, told: dict[str, Any]) -> dict[str, Any]:
        number = told["number"]
        if verb == "sale":
            return _written(self.book.charge(number, told["fen"], told["currency"]))
        if verb == "void":
            return {**_written(self.book.cancel(number)), "code": "00"}
        if verb == "refund":
            try:
                trade = self.book.refund(told["of"], number, told["fen"])
            except Refusal as refusal:
                return {"code": "25" if str(refusal) == "absent" else "61"}
            return {
                "code": "00",
                "reference": f"R{trade.reference[:11]}",
                "fen": told["fen"],
                "currency": trade.currency,
            }
        if back := self.book.refunded(number):
            return {"code": "00", "reference": f"R{back.reference[:11]}", "fen": back.refunds[number]}
        found = self.book.find(number)
        return _written(found) if found and found.fen else {"code": "25"}


def _written(trade: Trade) -> dict[str, Any]:
    code = _CODES.get(trade.said) or _CAUSES.get(trade.act.cause, "05")
    return {"code": code, "reference": trade.reference[:12], "fen": trade.fen, "currency": trade.currency}
