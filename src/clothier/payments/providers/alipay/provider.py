"""Alipay face to face: the till scans the customer's code (trade.pay), or the customer scans ours (precreate)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from clothier.kernel import clock
from clothier.kernel.money import MoneyError, parse_fen
from clothier.payments.contracts import Answer, Cause, Charge, Exchange, Forged, Heard, Payback, Reply, Said
from clothier.payments.providers.alipay.signing import answer_in, is_notification_signed, with_signature
from clothier.payments.providers.alipay.words import ERRORS, STATES, shown
from clothier.payments.providers.crypto import private_key, public_key
from clothier.payments.providers.wire import request

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Alipay tells again for a day; what is older is a replay. Within it the notification's own id is taken once.
WINDOW = timedelta(hours=26)
_FORM = "application/x-www-form-urlencoded;charset=utf-8"


class Alipay:
    name = "alipay"

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self._key, self._platform = private_key(told["key"]), public_key(told["platform"])

    def pay(self, charge: Charge) -> Answer:
        told: dict[str, Any] = {
            "out_trade_no": charge.number,
            "total_amount": yuan(charge.fen),
            "subject": charge.title,
            "store_id": charge.store,
            "terminal_id": charge.till,
            "timeout_express": f"{max(charge.seconds // 60, 1)}m",
        }
        if charge.months:
            share = "100" if charge.house_bears else "0"
            told["extend_params"] = {"hb_fq_num": str(charge.months), "hb_fq_seller_percent": share}
        if not charge.code:
            return self._ask("alipay.trade.precreate", told, charge.number)
        told |= {"scene": "bar_code", "auth_code": charge.code}
        return self._ask("alipay.trade.pay", told, charge.number)

    def ask(self, charge: Charge) -> Answer:
        answer = self._ask("alipay.trade.query", {"out_trade_no": charge.number}, charge.number)
        if answer.said is Said.ABSENT and not charge.scanned:
            # A code of ours is no trade of theirs before somebody has scanned it.
            return replace(answer, said=Said.WAITING)
        return answer

    def cancel(self, charge: Charge) -> Answer:
        answer = self._ask("alipay.trade.cancel", {"out_trade_no": charge.number}, charge.number)
        if answer.said in (Said.UNKNOWN, Said.CANCELLED):
            return answer
        asked = self.ask(charge)
        return replace(asked, exchanges=(*answer.exchanges, *asked.exchanges))

    def refund(self, payback: Payback) -> Answer:
        told = {
            "out_trade_no": payback.charge.number,
            "out_request_no": payback.number,
            "refund_amount": yuan(payback.fen),
        }
        return self._ask("alipay.trade.refund", told, payback.number, fen=payback.fen)

    def ask_refund(self, payback: Payback) -> Answer:
        told = {"out_trade_no": payback.charge.number, "out_request_no": payback.number}
        return self._ask("alipay.trade.fastpay.refund.query", told, payback.number)

    def hear(self, headers: Mapping[str, str], body: bytes) -> Heard:
        try:
            fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=200))
        except ValueError as error:
            raise Forged("not a form") from error
        if not is_notification_signed(self._platform, fields):
            raise Forged("signature")
        if fields.get("app_id") != self._told["app"]:
            raise Forged("another application's")
        if self._told.get("seller") and fields.get("seller_id", self._told["seller"]) != self._told["seller"]:
            raise Forged("another seller's")
        if abs(clock.now() - _moment(fields.get("notify_time", ""))) > WINDOW:
            raise Forged("not of these days")
        exchange = Exchange("notification", 200, {}, shown(fields))
        return _heard(fields, exchange)

    def reply(self, *, taken: bool) -> Reply:
        return Reply(200, "text/plain", b"success" if taken else b"fail")

    def _ask(self, verb: str, told: dict[str, Any], number: str, *, fen: int | None = None) -> Answer:
        """One signed question; what is not signed by Alipay is no answer."""
        answered = request(
            "POST",
            self._told["base"],
            headers={"Content-Type": _FORM},
            body=urlencode(self._signed(verb, told)).encode(),
        )
        said = answer_in(self._platform, verb, answered.body.decode(errors="replace"))
        exchange = Exchange(verb, answered.status, shown(told), shown(said or answered.json()))
        if said is None:
            return Answer(Said.UNKNOWN, number, cause=Cause.UNREACHABLE, exchanges=(exchange,))
        return _meant(verb, said, number, fen, exchange)

    def _signed(self, verb: str, told: dict[str, Any]) -> dict[str, str]:
        fields = {
            "app_id": self._told["app"],
            "method": verb,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": clock.now().astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
            "version": "1.0",
            "biz_content": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        }
        if verb in ("alipay.trade.pay", "alipay.trade.precreate"):
            fields["notify_url"] = self._told["notify"]
        return with_signature(self._key, fields)


def yuan(fen: int) -> str:
    """12.34, as Alipay writes money."""
    return f"{fen // 100}.{fen % 100:02d}"


def _fen(text: Any) -> int | None:
    try:
        return parse_fen(str(text)) if text else None
    except MoneyError:
        return None


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise Forged("no time") from error


def _meant(verb: str, said: Mapping[str, Any], number: str, fen: int | None, exchange: Exchange) -> Answer:
    trade = str(said.get("trade_no") or "")

    def answer(meant: Said, cause: Cause = Cause.NONE, *, fen: int | None = None, show: str = "") -> Answer:
        return Answer(meant, number, trade, fen=fen, cause=cause, show=show, exchanges=(exchange,))

    if said.get("code") == "10003":
        return answer(Said.WAITING)
    if said.get("code") != "10000":
        meant, cause = ERRORS.get(str(said.get("sub_code", "")).upper(), (Said.UNKNOWN, Cause.PROVIDER))
        return answer(meant, cause)
    if verb == "alipay.trade.query":
        state = STATES.get(str(said.get("trade_status")), Said.UNKNOWN)
        return answer(state, fen=_fen(said.get("total_amount")) if state is Said.CAPTURED else None)
    if verb == "alipay.trade.pay":
        return answer(Said.CAPTURED, fen=_fen(said.get("total_amount")))
    if verb == "alipay.trade.precreate":
        return answer(Said.WAITING, show=str(said.get("qr_code", "")))
    if verb == "alipay.trade.cancel":
        # Cancelled before or after it was paid: either way the customer keeps the money.
        return answer(Said.CANCELLED, Cause.TILL_CANCELLED)
    if verb == "alipay.trade.fastpay.refund.query":
        given = said.get("refund_status", "REFUND_SUCCESS" if said.get("refund_amount") else "") == "REFUND_SUCCESS"
        return answer(Said.CAPTURED if given else Said.ABSENT, fen=_fen(said.get("refund_amount")) if given else None)
    # A refund repeated under its number says that nothing moved this time: it had moved before.
    return answer(Said.CAPTURED, fen=fen)


def _heard(fields: Mapping[str, str], exchange: Exchange) -> Heard:
    number, trade = fields.get("out_trade_no", ""), fields.get("trade_no", "")
    if not fields.get("notify_id") or not number:
        raise Forged("not a notification")
    if fields.get("gmt_refund") and fields.get("out_biz_no"):
        given = Answer(Said.CAPTURED, fields["out_biz_no"], trade, exchanges=(exchange,))
        return Heard(fields["notify_id"], given, of_refund=True)
    meant = STATES.get(fields.get("trade_status", ""), Said.UNKNOWN)
    fen = _fen(fields.get("total_amount")) if meant is Said.CAPTURED else None
    cause = Cause.NOT_CONFIRMED if meant is Said.CANCELLED else Cause.NONE
    return Heard(fields["notify_id"], Answer(meant, number, trade, fen=fen, cause=cause, exchanges=(exchange,)))
