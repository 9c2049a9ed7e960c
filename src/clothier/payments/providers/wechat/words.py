"""What WeChat Pay's states and errors mean to us (API v3: codepay, Native, close, reverse, refunds)."""

from collections.abc import Mapping
from typing import Any

from clothier.payments.contracts import Cause, Said

STATES = {
    "SUCCESS": Said.CAPTURED,
    # Refunded: the money had come in, which is what is asked.
    "REFUND": Said.CAPTURED,
    "NOTPAY": Said.WAITING,
    "USERPAYING": Said.WAITING,
    "ACCEPT": Said.WAITING,
    "CLOSED": Said.CANCELLED,
    "REVOKED": Said.CANCELLED,
    "PAYERROR": Said.FAILED,
}
REFUND_STATES = {
    "SUCCESS": Said.CAPTURED,
    "PROCESSING": Said.WAITING,
    "CLOSED": Said.FAILED,
    "ABNORMAL": Said.FAILED,
}
ERRORS = {
    "USERPAYING": (Said.WAITING, Cause.NONE),
    "ORDER_NOT_EXIST": (Said.ABSENT, Cause.NONE),
    "RESOURCE_NOT_EXISTS": (Said.ABSENT, Cause.NONE),
    "NOTENOUGH": (Said.FAILED, Cause.INSUFFICIENT),
    "AUTH_CODE_EXPIRED": (Said.FAILED, Cause.CODE_EXPIRED),
    "AUTHCODEEXPIRE": (Said.FAILED, Cause.CODE_EXPIRED),
    "AUTH_CODE_ERROR": (Said.FAILED, Cause.CODE_EXPIRED),
    "AUTH_CODE_INVALID": (Said.FAILED, Cause.CODE_EXPIRED),
    "RULE_LIMIT": (Said.FAILED, Cause.LIMIT),
    "RULELIMIT": (Said.FAILED, Cause.LIMIT),
    "TRADE_ERROR": (Said.FAILED, Cause.DECLINED),
    "PAYERROR": (Said.FAILED, Cause.DECLINED),
    "ORDER_CLOSED": (Said.CANCELLED, Cause.NONE),
    "ORDERCLOSED": (Said.CANCELLED, Cause.NONE),
    "FREQUENCY_LIMITED": (Said.FAILED, Cause.RATE),
    "RATELIMIT_EXCEEDED": (Said.FAILED, Cause.RATE),
    "SIGN_ERROR": (Said.FAILED, Cause.MISCONFIGURED),
    "NO_AUTH": (Said.FAILED, Cause.MISCONFIGURED),
    "PARAM_ERROR": (Said.FAILED, Cause.MISCONFIGURED),
    "APPID_MCHID_NOT_MATCH": (Said.FAILED, Cause.MISCONFIGURED),
    # The merchant's own balance: filled up, the same refund goes through.
    "NOT_ENOUGH": (Said.WAITING, Cause.INSUFFICIENT),
    "SYSTEM_ERROR": (Said.UNKNOWN, Cause.PROVIDER),
    "BANK_ERROR": (Said.UNKNOWN, Cause.PROVIDER),
}

_EVIDENCE = [
    "out_trade_no",
    "transaction_id",
    "out_refund_no",
    "refund_id",
    "trade_type",
    "trade_state",
    "status",
    "bank_type",
    "success_time",
    "amount",
    "code",
    "message",
    "code_url",
    "notify_url",
    "description",
    "time_expire",
    "reason",
    "event_type",
    "id",
    "create_time",
]


def shown(told: Mapping[str, Any]) -> dict[str, Any]:
    """What of a message is kept as evidence: nobody's openid, no payment code."""
    return {name: told[name] for name in _EVIDENCE if name in told}
