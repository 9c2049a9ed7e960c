"""WeChat Pay's trade bill (tradebill, all kinds): a head, a row a payment or refund, a sum; every value after a `."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from clothier.payments.contracts import (
    RefusedRow,
    StatementFormat,
    StatementKind,
    StatementRefused,
    StatementRow,
    StatementTotals,
)
from clothier.payments.providers.bills import day_of, fen, lines, moment, opened

_TIME, _TRADE, _NUMBER, _STATE = "交易时间", "微信订单号", "商户订单号", "交易状态"
_CURRENCY, _AMOUNT, _FEE = "货币种类", "订单金额", "手续费"
_REFUND_TRADE, _REFUND, _REFUNDED = "微信退款单号", "商户退款单号", "申请退款金额"
# Before 2020 bills knew only what was settled.
_OLD = {_AMOUNT: "应结订单金额", _REFUNDED: "退款金额"}
_SUM = "总交易单数"


def parse(path: Path) -> Iterator[StatementRow | RefusedRow | StatementTotals]:
    with opened(path) as text:
        rows = lines(text)
        place = _head(next(rows, (0, []))[1])
        for line, cells in rows:
            if cells and cells[0].startswith(_SUM):
                _line, sums = next(rows, (0, []))
                yield _totals(cells, sums)
                return
            if cells:
                yield _row(line, cells, place)


def _head(cells: Sequence[str]) -> dict[str, int]:
    known = {name.strip("`﻿ "): n for n, name in enumerate(cells)}
    for new, old in _OLD.items():
        if new not in known and old in known:
            known[new] = known[old]
    needed = (_TIME, _TRADE, _NUMBER, _STATE, _CURRENCY, _AMOUNT, _FEE, _REFUND_TRADE, _REFUND, _REFUNDED)
    if missing := [name for name in needed if name not in known]:
        raise StatementRefused(_("这不是微信支付的交易账单：没有“%(column)s”一栏。") % {"column": missing[0]})
    return known


def _row(line: int, cells: Sequence[str], place: dict[str, int]) -> StatementRow | RefusedRow:
    try:
        told = {name: cells[n].lstrip("`").strip() for name, n in place.items()}
        if told[_STATE] in ("REFUND", "REVOKED"):
            return StatementRow(
                line,
                StatementKind.REFUND,
                # A reversal has no refund of ours: it takes the whole charge back.
                told[_REFUND] if told[_REFUND] not in ("", "0") else told[_NUMBER],
                told[_REFUND_TRADE] if told[_REFUND_TRADE] not in ("", "0") else told[_TRADE],
                moment(told[_TIME]),
                -(fen(told[_REFUNDED]) or fen(told[_AMOUNT])),
                fen(told[_FEE]),
                told[_CURRENCY],
            )
        return StatementRow(
            line,
            StatementKind.PAYMENT,
            told[_NUMBER],
            told[_TRADE],
            moment(told[_TIME]),
            fen(told[_AMOUNT]),
            fen(told[_FEE]),
            told[_CURRENCY],
        )
    except (IndexError, ValueError):
        return RefusedRow(line, _("金额、时间或栏数不对。"), ",".join(cells)[:300])


def _totals(head: Sequence[str], cells: Sequence[str]) -> StatementTotals:
    told = dict(zip(head, (cell.lstrip("`") for cell in cells), strict=False))
    try:
        refunds = told.get("申请退款总金额") or told.get("退款总金额", "0")
        payments = told.get("订单总金额") or told.get("应结订单总金额", "0")
        return StatementTotals(int(told[_SUM]), fen(payments), -fen(refunds), fen(told["手续费总金额"]))
    except (KeyError, ValueError):
        return StatementTotals()


FORMAT = StatementFormat("wechat", parse, day_of)
