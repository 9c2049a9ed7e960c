"""Alipay's bill of trades (业务明细): remarks after #, a head, a row a payment or refund padded with tabs, sums."""

import re
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

_TRADE, _NUMBER, _KIND, _TIME = "支付宝交易号", "商户订单号", "业务类型", "完成时间"
_AMOUNT, _REQUEST, _FEE = "订单金额", "退款批次号/请求号", "服务费"
_UNIT = re.compile(r"[（(]元[）)]$")
_PAID = re.compile(r"#交易合计：(\d+)笔")
_BACK = re.compile(r"#退款合计：(\d+)笔")


def parse(path: Path) -> Iterator[StatementRow | RefusedRow | StatementTotals]:
    with opened(path) as text:
        place: dict[str, int] = {}
        told, counts = False, list[int]()
        for line, cells in lines(text):
            first = cells[0].strip() if cells else ""
            if first.startswith("#"):
                told = told or "业务明细" in first
                found = _PAID.match(first) or _BACK.match(first)
                counts += [int(found[1])] if found else []
            elif not place and first:
                place = _head(cells)
            elif first:
                yield _row(line, cells, place)
        if not place and not told:
            raise StatementRefused(_("这不是支付宝的业务明细账单。"))
        if len(counts) == 2:
            yield StatementTotals(rows=sum(counts))


def _head(cells: Sequence[str]) -> dict[str, int]:
    known = {_UNIT.sub("", name.strip("﻿ \t")): n for n, name in enumerate(cells)}
    needed = (_TRADE, _NUMBER, _KIND, _TIME, _AMOUNT, _REQUEST, _FEE)
    if missing := [name for name in needed if name not in known]:
        raise StatementRefused(_("这不是支付宝的业务明细账单：没有“%(column)s”一栏。") % {"column": missing[0]})
    return {name: known[name] for name in needed}


def _row(line: int, cells: Sequence[str], place: dict[str, int]) -> StatementRow | RefusedRow:
    try:
        told = {name: cells[n].strip() for name, n in place.items()}
        refund = told[_KIND] == "退款"
        if not refund and told[_KIND] != "交易":
            return RefusedRow(line, _("不认识的业务类型。"), ",".join(cells)[:300])
        # They write what they keep as a negative sum, and a refund's amount likewise.
        return StatementRow(
            line,
            StatementKind.REFUND if refund else StatementKind.PAYMENT,
            told[_REQUEST] if refund else told[_NUMBER],
            told[_TRADE],
            moment(told[_TIME]),
            fen(told[_AMOUNT]),
            -fen(told[_FEE]),
        )
    except (IndexError, ValueError):
        return RefusedRow(line, _("金额、时间或栏数不对。"), ",".join(cells)[:300])


FORMAT = StatementFormat("alipay", parse, day_of)
