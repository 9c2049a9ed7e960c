"""Alipay in small: one gateway, signed forms in, signed answers and form notifications out."""

import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from clothier.kernel import clock
from clothier.kernel.money import parse_fen
from clothier.payments.contracts import Cause, Reply, Said
from clothier.payments.providers.alipay.provider import SHANGHAI, yuan
from clothier.payments.providers.alipay.signing import joined
from clothier.payments.providers.crypto import sign, signed
from clothier.payments.providers.keys import fresh_key, pem, public_pem
from clothier.payments.providers.standin import Moment, Refusal, StandIn, Trade

_ERRORS = {
    Cause.INSUFFICIENT: "ACQ.BUYER_BALANCE_NOT_ENOUGH",
    Cause.CODE_EXPIRED: "ACQ.PAYMENT_AUTH_CODE_INVALID",
    Cause.LIMIT: "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR",
    Cause.DECLINED: "ACQ.PAYMENT_FAIL",
    Cause.RATE: "ISP.CALL-LIMITED",
    Cause.PROVIDER: "ACQ.SYSTEM_ERROR",
}
_STATES = {Said.CAPTURED: "TRADE_SUCCESS", Said.WAITING: "WAIT_BUYER_PAY"}
_FORM = "application/x-www-form-urlencoded;charset=utf-8"


class AlipayStandIn(StandIn):
    name = "alipay"

    def __init__(self, *, now: Moment = clock.now, port: int = 0) -> None:
        super().__init__(now=now, port=port)
        self.app, self.seller = "2021000" + secrets.token_hex(5), "2088" + f"{secrets.randbelow(10**12):012d}"
        self.merchant_key, self.platform_key = fresh_key(), fresh_key()

    def settings(self, notify: str = "http://127.0.0.1/") -> dict[str, str]:
        return {
            "base": f"{self.base}/gateway.do",
            "app": self.app,
            "seller": self.seller,
            "key": pem(self.merchant_key),
            "platform": public_pem(self.platform_key),
            "notify": notify,
        }

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply | None:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
        verb = fields.get("method", "")
        if not signed(self.merchant_key.public_key(), joined(fields), fields.get("sign", "")):
            return self._reply(verb, _no("ISV.INVALID-SIGNATURE", "40002"))
        if fields.get("app_id") != self.app:
            return self._reply(verb, _no("ISV.INVALID-APP-ID", "40002"))
        told = json.loads(fields["biz_content"])
        try:
            said = getattr(self, "_" + verb.removeprefix("alipay.trade.").replace(".", "_"))(told)
        except Refusal as refusal:
            if str(refusal) == "silent":
                raise
            said = _no("ACQ.TRADE_NOT_EXIST" if str(refusal) == "absent" else "ACQ.TRADE_STATUS_ERROR")
        return self._reply(verb, said)

    def tell(self, trade: Trade, refund: str) -> None:
        fen = trade.fen + (1 if trade.act.lies == "amount" else 0)
        now = self.book.now().astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
        fields = {
            "notify_id": secrets.token_hex(17),
            "notify_type": "trade_status_sync",
            "notify_time": now,
            "app_id": self.app,
            "seller_id": self.seller,
            "charset": "utf-8",
            "version": "1.0",
            "sign_type": "RSA2",
            "out_trade_no": trade.number,
            "trade_no": trade.reference,
            "trade_status": "TRADE_SUCCESS",
            "total_amount": yuan(fen),
            "subject": "衣诺",
        }
        if refund:
            back = {"gmt_refund": now, "out_biz_no": refund, "refund_fee": yuan(sum(trade.refunds.values()))}
            fields |= back
            if not trade.kept_fen:
                fields["trade_status"] = "TRADE_CLOSED"
        fields["sign"] = sign(self.platform_key, joined(fields, without=frozenset({"sign", "sign_type"})))
        for _ in range(trade.act.notices):
            self.deliver({"Content-Type": _FORM}, urlencode(fields).encode())

    def _pay(self, told: dict[str, Any]) -> dict[str, Any]:
        known = self.book.find(told["out_trade_no"])
        if known and known.said is Said.CANCELLED:
            return _no("ACQ.TRADE_HAS_CLOSE")
        trade = self.book.charge(told["out_trade_no"], parse_fen(told["total_amount"]), "CNY")
        if trade.said is Said.WAITING:
            return {"code": "10003", "msg": "order success pay inprocess", **_named(trade)}
        if trade.said is Said.CAPTURED:
            return {"code": "10000", "msg": "Success", **_named(trade), "total_amount": yuan(trade.fen)}
        return _no(_ERRORS.get(trade.act.cause, "ACQ.SYSTEM_ERROR"))

    def _precreate(self, told: dict[str, Any]) -> dict[str, Any]:
        trade = self.book.charge(told["out_trade_no"], parse_fen(told["total_amount"]), "CNY", waits=True)
        code = f"https://qr.alipay.com/{trade.reference[:18]}"
        return {"code": "10000", "msg": "Success", "out_trade_no": trade.number, "qr_code": code}

    def _query(self, told: dict[str, Any]) -> dict[str, Any]:
        trade = self.book.find(told["out_trade_no"])
        if trade is None or not trade.fen:
            return _no("ACQ.TRADE_NOT_EXIST")
        state = _STATES.get(trade.said, "TRADE_CLOSED") if trade.kept_fen or not trade.refunds else "TRADE_CLOSED"
        return {
            "code": "10000", "msg": "Success", **_named(trade), "trade_status": state, "total_amount": yuan(trade.fen),
        }  # fmt: skip

    def _cancel(self, told: dict[str, Any]) -> dict[str, Any]:
        trade = self.book.cancel(told["out_trade_no"])
        return {"code": "10000", "msg": "Success", **_named(trade), "retry_flag": "N", "action": "close"}

    def _refund(self, told: dict[str, Any]) -> dict[str, Any]:
        known = self.book.refunded(told["out_request_no"])
        trade = self.book.refund(told["out_trade_no"], told["out_request_no"], parse_fen(told["refund_amount"]))
        total = yuan(sum(trade.refunds.values()))
        change = "N" if known else "Y"
        return {"code": "10000", "msg": "Success", **_named(trade), "refund_fee": total, "fund_change": change}

    def _fastpay_refund_query(self, told: dict[str, Any]) -> dict[str, Any]:
        trade = self.book.refunded(told["out_request_no"])
        if trade is None:
            return {"code": "10000", "msg": "Success"}
        fen = trade.refunds[told["out_request_no"]]
        return {
            "code": "10000", "msg": "Success", **_named(trade), "out_request_no": told["out_request_no"],
            "refund_amount": yuan(fen), "refund_status": "REFUND_SUCCESS",
        }  # fmt: skip

    def _reply(self, verb: str, said: Mapping[str, Any]) -> Reply:
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        signature = sign(self.platform_key, text.encode())
        body = f'{{"{verb.replace(".", "_")}_response":{text},"sign":"{signature}"}}'
        return Reply(200, "text/html;charset=utf-8", body.encode())


def _named(trade: Trade) -> dict[str, str]:
    return {"out_trade_no": trade.number, "trade_no": trade.reference}


def _no(code: str, status: str = "40004") -> dict[str, str]:
    return {"code": status, "msg": "Business Failed", "sub_code": code, "sub_msg": code}
