"""Bookings as files that accounting programs read."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clothier.kernel.cells import workbook, written
from clothier.payments.selectors import method_name
from clothier.settlement.selectors import Booked
from clothier.standards.selectors import document


def heads() -> list[str]:
    return [
        *(_("日期"), _("门店编码"), _("门店"), _("科目"), _("科目名称"), _("方式")),
        *(_("借方"), _("贷方"), _("手续费已核对")),
    ]


def rows(booked: Sequence[Booked]) -> Iterator[list[Any]]:
    """A row for each booking; amounts in yuan with two places, so that nobody has to know of fen."""
    rules, language = document("settlement"), get_language() or ""
    for one in booked:
        for row in one.rows:
            account = rules.account(row.post, row.method)  # type: ignore[arg-type]
            yield [
                one.day.date.isoformat(),
                one.day.store.code,
                str(one.day.store),
                account.number,
                account.name.say(language),
                method_name(row.method) if row.method else "",
                _yuan(row.debit_fen),
                _yuan(row.credit_fen),
                _("是") if one.stated else _("否"),
            ]


def as_csv(booked: Sequence[Booked]) -> bytes:
    """UTF-8 with a mark, by which spreadsheet programs know Chinese."""
    return written([heads(), *rows(booked)]).encode("utf-8-sig")


def as_xlsx(booked: Sequence[Booked]) -> bytes:
    """Texts as texts and amounts as numbers: nothing in it is a formula."""
    numbered = ([*row[:6], *map(_number, row[6:8]), row[8]] for row in rows(booked))
    return workbook(_("记账凭证"), [heads(), *numbered])


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}" if fen else ""


def _number(yuan: str) -> Decimal | None:
    return Decimal(yuan) if yuan else None
