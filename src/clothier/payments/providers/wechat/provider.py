"""WeChat Pay, API v3: the till scans the customer's code (codepay), or the customer scans ours (Native)."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from clothier.kernel import clock
from clothier.payments.contracts import Answer, Cause, Charge, Exchange, Forged, Heard, Payback, Reply, Said
from clothier.payments.providers.crypto import private_key, sign, unseal
from clothier.payments.providers.wechat.platform import Platform
from clothier.payments.providers.wechat.words import ERRORS, REFUND_STATES, STATES, shown
from clothier.payments.providers.wire import SILENCE, Answered, request

_SCHEME = "WECHATPAY2-SHA256-RSA2048"


class WeChatPay:
    name = "wechat"

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self._key = private_key(told["key"])
        self._platform = Platform(
            secret=told["secret"],
            given=told.get("platform", ""),
            fetch=lambda: self._send("GET", "/v3/certificates"),
        )

    def pay(self, charge: Charge) -> Answer:
        kind = "codepay" if charge.code else "native"
        told: dict[str, Any] = {
            "appid": self._told["app"],
            "mchid": self._told["merchant"],
            "description": charge.title,
            "out_trade_no": charge.number,
            "time_expire": _written(clock.now() + timedelta(seconds=max(charge.seconds, 60))),
            "amount": {"total": charge.fen, "currency": charge.currency},
        }
        if charge.code:
            told |= {
                "payer": {"auth_code": charge.code},
                "scene_info": {"store_info": {"id": charge.store}, "device_id": charge.till},
            }
        else:
            told["notify_url"] = self._told["notify"]
        return self._ask("POST", f"/v3/pay/transactions/{kind}", told, charge.number)

    def ask(self, charge: Charge) -> Answer:
        merchant = self._told["merchant"]
        return self._ask(
            "GET", f"/v3/pay/transactions/out-trade-no/{charge.number}?mchid={merchant}", None, charge.number
        )

    def cancel(self, charge: Charge) -> Answer:
        verb, told = "close", {"mchid": self._told["merchant"]}
        if charge.scanned:
            verb, told = "reverse", told | {"appid": self._told["app"]}
        path = f"/v3/pay/transactions/out-trade-no/{charge.number}/{verb}"
        answer = self._ask("POST", path, told, charge.number, done=Said.CANCELLED)
        if answer.said in (Said.CANCELLED, Said.UNKNOWN, Said.ABSENT):
            # What was never there cannot be paid any more once it is closed.
            return replace(answer, said=Said.CANCELLED) if answer.said is Said.ABSENT else answer
        # It would not be called off, mostly because it is paid: then that is the answer.
        asked = self.ask(charge)
        return replace(asked, exchanges=(*answer.exchanges, *asked.exchanges))

    def refund(self, payback: Payback) -> Answer:
        told = {
            "out_trade_no": payback.charge.number,
            "out_refund_no": payback.number,
            "notify_url": self._told["notify"],
            "amount": {"refund": payback.fen, "total": payback.taken_fen, "currency": payback.charge.currency},
        }
        return self._ask("POST", "/v3/refund/domestic/refunds", told, payback.number, refund=True)

    def ask_refund(self, payback: Payback) -> Answer:
        return self._ask("GET", f"/v3/refund/domestic/refunds/{payback.number}", None, payback.number, refund=True)

    def hear(self, headers: Mapping[str, str], body: bytes) -> Heard:
        self._platform.check(headers, body)
        try:
            told = json.loads(body)
            box = told["resource"]
            text = unseal(
                self._told["secret"],
                nonce=box["nonce"],
                about=box.get("associated_data", ""),
                sealed=box["ciphertext"],
            )
            said, number = json.loads(text), str(told["id"])
        except (ValueError, KeyError, TypeError) as error:
            raise Forged("not a notification") from error
        if said.get("mchid", self._told["merchant"]) != self._told["merchant"]:
            raise Forged("another merchant's")
        refund = "out_refund_no" in said
        exchange = Exchange("notification", 200, shown(told), shown(said))
        return Heard(
            number, _meant(said, said.get("out_refund_no" if refund else "out_trade_no", ""), refund, exchange), refund
        )

    def reply(self, *, taken: bool) -> Reply:
        said = {"code": "SUCCESS", "message": "成功"} if taken else {"code": "FAIL", "message": "验签失败"}
        return Reply(200 if taken else 401, "application/json", json.dumps(said, ensure_ascii=False).encode())

    def _ask(
        self,
        method: str,
        path: str,
        told: dict[str, Any] | None,
        number: str,
        *,
        refund: bool = False,
        done: Said | None = None,
    ) -> Answer:
        """One signed question; what is not signed by WeChat Pay is no answer, except that it does not know us."""
        answered = self._send(method, path, told)
        said = answered.json()
        verb = path.split("?")[0].removeprefix("/v3/").replace(f"/{number}", "")
        exchange = Exchange(verb, answered.status, shown(told or {}), shown(said))
        if answered.status == 401:
            return Answer(Said.FAILED, number, cause=Cause.MISCONFIGURED, exchanges=(exchange,))
        try:
            if answered.status:
                self._platform.check(answered.headers, answered.body)
        except Forged:
            answered = SILENCE
        if not answered.status:
            return Answer(Said.UNKNOWN, number, cause=Cause.UNREACHABLE, exchanges=(exchange,))
        if done and 200 <= answered.status < 300:
            return Answer(done, number, cause=Cause.TILL_CANCELLED, exchanges=(exchange,))
        return _meant(said, number, refund, exchange)

    def _send(self, method: str, path: str, told: dict[str, Any] | None = None) -> Answered:
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() if told is not None else b""
        url = urlsplit(self._told["base"])
        headers = {
            "Authorization": self._authorization(method, url.path + path, body),
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "Clothier",
        }
        return request(method, self._told["base"] + path, headers=headers, body=body)

    def _authorization(self, method: str, path: str, body: bytes) -> str:
        stamp, nonce = int(clock.now().timestamp()), secrets.token_hex(16)
        message = f"{method}\n{path}\n{stamp}\n{nonce}\n".encode() + body + b"\n"
        return (
            f'{_SCHEME} mchid="{self._told["merchant"]}",nonce_str="{nonce}",timestamp="{stamp}",'
            f'serial_no="{self._told["serial"]}",signature="{sign(self._key, message)}"'
        )


def _meant(said: Mapping[str, Any], number: str, refund: bool, exchange: Exchange) -> Answer:
    """A trade, a refund, an error, or our code to be shown: in our words. Unknown words are no answer."""
    amount = said.get("amount") or {}
    if said.get("out_trade_no" if not refund else "out_refund_no", number) != number:
        return Answer(Said.UNKNOWN, number, exchanges=(exchange,))
    if "code_url" in said:
        return Answer(Said.WAITING, number, show=str(said["code_url"]), exchanges=(exchange,))
    state = said.get("status" if refund else "trade_state") or said.get("refund_status")
    if state:
        meant = (REFUND_STATES if refund else STATES).get(str(state), Said.UNKNOWN)
        cause = Cause.DECLINED if meant is Said.FAILED else Cause.NONE
        fen = amount.get("refund" if refund else "total") if meant is Said.CAPTURED else None
        return Answer(
            meant,
            number,
            str(said.get("refund_id" if refund else "transaction_id") or ""),
            fen=fen,
            currency=amount.get("currency", "CNY"),
            cause=cause,
            exchanges=(exchange,),
        )
    meant, cause = ERRORS.get(str(said.get("code", "")), (Said.UNKNOWN, Cause.PROVIDER))
    return Answer(meant, number, cause=cause, exchanges=(exchange,))


def _written(at: Any) -> str:
    return str(at.isoformat(timespec="seconds"))
