"""What Alipay's states and errors mean to us (trade.pay, precreate, query, cancel, refund)."""

from collections.abc import Mapping
from typing import Any

from clothier.payments.contracts import Cause, Said

STATES = {
    "WAIT_BUYER_PAY": Said.WAITING,
    "TRADE_SUCCESS": Said.CAPTURED,
    "TRADE_FINISHED": Said.CAPTURED,
    "TRADE_CLOSED": Said.CANCELLED,
}
ERRORS = {
    "ACQ.TRADE_NOT_EXIST": (Said.ABSENT, Cause.NONE),
    "ACQ.PAYMENT_AUTH_CODE_INVALID": (Said.FAILED, Cause.CODE_EXPIRED),
    "ACQ.SOUNDWAVE_PARSER_FAIL": (Said.FAILED, Cause.CODE_EXPIRED),
    "ACQ.BUYER_BALANCE_NOT_ENOUGH": (Said.FAILED, Cause.INSUFFICIENT),
    "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH": (Said.FAILED, Cause.INSUFFICIENT),
    "ACQ.ERROR_BALANCE_PAYMENT_DISABLE": (Said.FAILED, Cause.DECLINED),
    "ACQ.PAYMENT_FAIL": (Said.FAILED, Cause.DECLINED),
    "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR": (Said.FAILED, Cause.LIMIT),
    "ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR": (Said.FAILED, Cause.LIMIT),
    "ACQ.TRADE_HAS_CLOSE": (Said.CANCELLED, Cause.NONE),
    "ACQ.TRADE_STATUS_ERROR": (Said.FAILED, Cause.DECLINED),
    "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL": (Said.FAILED, Cause.DECLINED),
    "ACQ.SELLER_BALANCE_NOT_ENOUGH": (Said.WAITING, Cause.INSUFFICIENT),
    "ACQ.SYSTEM_ERROR": (Said.UNKNOWN, Cause.PROVIDER),
    "AOP.SYSTEM-ERROR": (Said.UNKNOWN, Cause.PROVIDER),
    "ISV.INVALID-SIGNATURE": (Said.FAILED, Cause.MISCONFIGURED),
    "ISV.INVALID-APP-ID": (Said.FAILED, Cause.MISCONFIGURED),
    "ACQ.INVALID_PARAMETER": (Said.FAILED, Cause.MISCONFIGURED),
    "ISP.CALL-LIMITED": (Said.FAILED, Cause.RATE),
}

_EVIDENCE = [
    "out_trade_no",
    "trade_no",
    "out_request_no",
    "trade_status",
    "code",
    "msg",
    "sub_code",
    "sub_msg",
    "total_amount",
    "receipt_amount",
    "refund_amount",
    "refund_fee",
    "fund_change",
    "refund_status",
    "gmt_payment",
    "send_pay_date",
    "gmt_refund_pay",
    "action",
    "retry_flag",
    "notify_id",
    "notify_type",
    "notify_time",
    "out_biz_no",
    "gmt_refund",
    "qr_code",
    "scene",
    "timeout_express",
    "extend_params",
]


def shown(told: Mapping[str, Any]) -> dict[str, Any]:
    """What of a message is kept as evidence: no payment code, no account of the buyer's."""
    return {name: told[name] for name in _EVIDENCE if name in told}
