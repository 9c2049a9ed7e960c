"""What is personal data, declared beside the models that hold it: whose it is, what for, how long, and who reads it.

Each package says so in its `personal` module. The data-protection sheet (docs/data-protection.md) and the studio's page
are drawn from these declarations, and tests/house/test_personal.py holds them against every column there is.
"""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

CUSTOMER, RELATIVE, EMPLOYEE = _("顾客"), _("顾客的家人或朋友"), _("员工")

# Grounds of the Personal Information Protection Law (个人信息保护法), article 13.
CONSENT = _("取得个人同意（第十三条第一项）")
CONTRACT = _("订立、履行合同所必需（第十三条第二项）")
EMPLOYMENT = _("实施人力资源管理所必需（第十三条第二项）")
DUTY = _("履行法定义务所必需（第十三条第三项）")

UNTIL_ERASED = _("到顾客要求删除为止；三天宽限期后删除")
KEY_DROPPED = _("到顾客要求删除为止；密钥销毁后不可恢复")
NUMBERS_STAY = _("长期保留，只有编号；删除顾客后，编号不再指向任何人")
TERM_OF_DAYS = _("到规定的天数")
WHILE_EMPLOYED = _("在职期间；离职后作为经营记录保留")

FLOOR = _("导购、客服、店长和总部")
MASKED = _("导购只见掩码；客服、店长和总部写明理由后可见全部")
WITH_REASON = _("导购、客服、店长和总部，须写明理由")
KEEPERS = _("店长和总部")
HEAD = _("总部")
ADMINS = _("管理员")
COLLEAGUES = _("同店同事、店长和总部")
NOBODY = _("无人；只供系统比对")


@dataclass(frozen=True, slots=True)
class Holding:
    """Personal data in columns of one table; no columns means that the whole row is about somebody.

    `term` names the retention term (worker.retention) where the calendar ends it. `sealed`: encrypted with the person's
    own key. `sensitive`: sensitive personal information in the sense of article 28. `reads`: what the access log calls
    reading it.
    """

    model: str
    columns: tuple[str, ...]
    what: Promise
    whose: Promise
    why: Promise
    basis: Promise
    kept: Promise
    readers: Promise
    term: str = ""
    sealed: bool = False
    sensitive: bool = False
    reads: tuple[str, ...] = ()


_holdings: list[Holding] = []
_nobodys: dict[str, set[str]] = {}


def holds(
    model: str,
    columns: str = "",
    *,
    what: Promise,
    whose: Promise,
    why: Promise,
    basis: Promise,
    kept: Promise,
    readers: Promise,
    term: str = "",
    sealed: bool = False,
    sensitive: bool = False,
    reads: tuple[str, ...] = (),
) -> None:
    """Declare personal data: `model` as "customers.Note", `columns` separated by spaces."""
    names = tuple(columns.split())
    _holdings.append(Holding(model, names, what, whose, why, basis, kept, readers, term, sealed, sensitive, reads))


def nobodys(model: str, columns: str) -> None:
    """Declare free columns that say nothing about anybody: codes, names of things, settings."""
    _nobodys.setdefault(model, set()).update(columns.split())


@cache
def holdings() -> tuple[Holding, ...]:
    """Everything that was declared, in the order of the packages."""
    autodiscover_modules("personal")
    return tuple(_holdings)


def declared_empty() -> dict[str, set[str]]:
    """The columns that were declared to be about nobody, by model."""
    holdings()
    return _nobodys
