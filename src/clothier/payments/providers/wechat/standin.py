"""WeChat Pay in small: API v3 with real signatures, sealed certificates and sealed notifications."""

import json
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from clothier.kernel import clock
from clothier.payments.contracts import Cause, Reply, Said
from clothier.payments.providers.crypto import seal, sign, signed
from clothier.payments.providers.keys import certificate, certificate_pem, fresh_key, pem
from clothier.payments.providers.standin import Moment, Refusal, StandIn, Trade

SHANGHAI = ZoneInfo("Asia/Shanghai")
_STATES = {Said.CAPTURED: "SUCCESS", Said.WAITING: "USERPAYING", Said.CANCELLED: "REVOKED", Said.FAILED: "PAYERROR"}
_ERRORS = {
    Cause.INSUFFICIENT: (403, "NOTENOUGH"),
    Cause.CODE_EXPIRED: (400, "AUTH_CODE_EXPIRED"),
    Cause.LIMIT: (403, "RULE_LIMIT"),
    Cause.DECLINED: (403, "TRADE_ERROR"),
    Cause.RATE: (429, "FREQUENCY_LIMITED"),
    Cause.PROVIDER: (500, "SYSTEM_ERROR"),
}
_NUMBER = r"/v3/pay/transactions/out-trade-no/([\w-]+)"
_SCHEME = re.compile(r'(\w+)="([^"]*)"')


class WeChatStandIn(StandIn):
    name = "wechat"

    def __init__(self, *, now: Moment = clock.now, port: int = 0) -> None:
        super().__init__(now=now, port=port)
        self.merchant, self.app, self.secret = "1900000109", "wx" + secrets.token_hex(8), secrets.token_hex(16)
        self.merchant_key, self.merchant_serial = fresh_key(), secrets.token_hex(20).upper()
        self._keys: list[tuple[RSAPrivateKey, str, str]] = []
        self.change_keys()

    def change_keys(self) -> None:
        """A new platform certificate signs from now on; the old one is handed out no more."""
        key = fresh_key()
        made = certificate(key, name="WeChat Pay stand-in", now=self.book.now())
        self._keys = [(key, f"{made.serial_number:X}", certificate_pem(made))]

    def settings(self, notify: str = "http://127.0.0.1/") -> dict[str, str]:
        return {
            "base": self.base,
            "merchant": self.merchant,
            "app": self.app,
            "serial": self.merchant_serial,
            "key": pem(self.merchant_key),
            "secret": self.secret,
            "platform": "",
            "notify": notify,
        }

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply | None:
        if not self._is_merchant(method, path, headers.get("authorization", ""), body):
            return _reply(401, {"code": "SIGN_ERROR", "message": "签名错误"})
        told: dict[str, Any] = json.loads(body) if body else {}
        bare = path.split("?")[0]
        if bare == "/v3/certificates":
            return _reply(200, {"data": [self._certificate(serial, text) for _key, serial, text in self._keys]})
        if bare in ("/v3/pay/transactions/codepay", "/v3/pay/transactions/native"):
            return self._charge(told, scanned=bare.endswith("codepay"))
        if found := re.fullmatch(_NUMBER, bare):
            trade = self.book.find(found[1])
            return _reply(200, self._trade(trade)) if trade and trade.fen else _error(404, "ORDER_NOT_EXIST")
        if found := re.fullmatch(_NUMBER + r"/(close|reverse)", bare):
            return self._call_off(found[1], found[2])
        if bare == "/v3/refund/domestic/refunds":
            return self._refund(told)
        if found := re.fullmatch(r"/v3/refund/domestic/refunds/([\w-]+)", bare):
            trade = self.book.refunded(found[1])
            return _reply(200, self._refunded(trade, found[1])) if trade else _error(404, "RESOURCE_NOT_EXISTS")
        return _error(404, "RESOURCE_NOT_EXISTS")

    def headers_for(self, path: str, body: bytes) -> Mapping[str, str]:
        key, serial, _text = self._keys[0]
        stamp, nonce = str(int(self.book.now().timestamp())), secrets.token_hex(16)
        return {
            "Wechatpay-Serial": serial,
            "Wechatpay-Timestamp": stamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
            "Wechatpay-Signature": sign(key, f"{stamp}\n{nonce}\n".encode() + body + b"\n"),
        }

    def tell(self, trade: Trade, refund: str) -> None:
        said = self._refunded(trade, refund, "refund_status") if refund else self._trade(trade)
        if trade.act.lies == "amount" and not refund:
            said["amount"]["total"] += 1
        if trade.act.lies == "currency" and not refund:
            said["amount"]["currency"] = "USD"
        kind = "REFUND.SUCCESS" if refund else "TRANSACTION.SUCCESS"
        nonce = secrets.token_hex(6)
        text = json.dumps(said).encode()
        told = {
            "id": secrets.token_hex(18),
            "create_time": _written(self.book.now()),
            "event_type": kind,
            "resource_type": "encrypt-resource",
            "resource": {
                "algorithm": "AEAD_AES_256_GCM",
                "original_type": "refund" if refund else "transaction",
                "associated_data": "transaction",
                "nonce": nonce,
                "ciphertext": seal(self.secret, nonce=nonce, about="transaction", text=text),
            },
        }
        body = json.dumps(told).encode()
        for _ in range(trade.act.notices):
            self.deliver({**self.headers_for("", body), "Content-Type": "application/json"}, body)

    def _is_merchant(self, method: str, path: str, authorization: str, body: bytes) -> bool:
        told = dict(_SCHEME.findall(authorization))
        message = f"{method}\n{path}\n{told.get('timestamp')}\n{told.get('nonce_str')}\n".encode() + body + b"\n"
        known = (told.get("mchid"), told.get("serial_no")) == (self.merchant, self.merchant_serial)
        return known and signed(self.merchant_key.public_key(), message, told.get("signature", ""))

    def _charge(self, told: dict[str, Any], *, scanned: bool) -> Reply:
        if (told["mchid"], told["appid"]) != (self.merchant, self.app):
            return _error(400, "APPID_MCHID_NOT_MATCH")
        known = self.book.find(told["out_trade_no"])
        if known and known.said is Said.CANCELLED:
            return _error(400, "ORDER_CLOSED")
        trade = self.book.charge(
            told["out_trade_no"], told["amount"]["total"], told["amount"]["currency"], waits=not scanned
        )
        if not scanned:
            return _reply(200, {"code_url": f"weixin://wxpay/bizpayurl?pr={trade.reference[:9]}"})
        if trade.said is Said.WAITING:
            return _error(202, "USERPAYING")
        if trade.said is Said.CAPTURED:
            return _reply(200, self._trade(trade))
        return _error(*_ERRORS.get(trade.act.cause, (500, "SYSTEM_ERROR")))

    def _call_off(self, number: str, verb: str) -> Reply:
        try:
            trade = self.book.cancel(number, takes_back=verb == "reverse")
        except Refusal:
            return _error(400, "ORDERPAID")
        return _reply(204, {}) if verb == "close" else _reply(200, {"out_trade_no": trade.number})

    def _refund(self, told: dict[str, Any]) -> Reply:
        try:
            trade = self.book.refund(told["out_trade_no"], told["out_refund_no"], told["amount"]["refund"])
        except Refusal as refusal:
            return _error(404, "RESOURCE_NOT_EXISTS") if str(refusal) == "absent" else _error(403, "TRADE_ERROR")
        return _reply(200, self._refunded(trade, told["out_refund_no"]))

    def _trade(self, trade: Trade) -> dict[str, Any]:
        said = {
            "appid": self.app,
            "mchid": self.merchant,
            "out_trade_no": trade.number,
            "trade_state": _STATES.get(trade.said, "PAYERROR"),
            "amount": {"total": trade.fen, "currency": trade.currency},
        }
        if trade.said is Said.CAPTURED:
            said |= {"transaction_id": trade.reference, "success_time": _written(trade.at), "bank_type": "OTHERS"}
        return said

    def _refunded(self, trade: Trade, refund: str, state: str = "status") -> dict[str, Any]:
        fen = trade.refunds[refund]
        return {
            "mchid": self.merchant,
            "out_trade_no": trade.number,
            "transaction_id": trade.reference,
            "out_refund_no": refund,
            "refund_id": f"50{trade.reference[:10]}{refund[-12:]}",
            state: "SUCCESS",
            "amount": {"refund": fen, "total": trade.fen, "currency": trade.currency},
        }

    def _certificate(self, serial: str, text: str) -> dict[str, Any]:
        nonce, now = secrets.token_hex(6), self.book.now()
        return {
            "serial_no": serial,
            "effective_time": _written(now - timedelta(days=1)),
            "expire_time": _written(now + timedelta(days=364)),
            "encrypt_certificate": {
                "algorithm": "AEAD_AES_256_GCM",
                "nonce": nonce,
                "associated_data": "certificate",
                "ciphertext": seal(self.secret, nonce=nonce, about="certificate", text=text.encode()),
            },
        }


def _written(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def _reply(status: int, told: Mapping[str, Any]) -> Reply:
    return Reply(status, "application/json", json.dumps(told, ensure_ascii=False).encode() if status != 204 else b"")


def _error(status: int, code: str) -> Reply:
    return _reply(status, {"code": code, "message": code})
