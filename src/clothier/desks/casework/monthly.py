"""A month of cases in words: by type, topic, severity, store and cause, each line leading to its cases."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from clothier.cases.contracts import Kind, Severity, Topic
from clothier.cases.selectors import Month, words
from clothier.kernel.cells import workbook, written
from clothier.standards.selectors import document

MOST = 15
PARTS: dict[str, Promise] = {
    "kind": pgettext_lazy("case report", "按类型"),
    "topic": pgettext_lazy("case report", "按主题"),
    "severity": pgettext_lazy("case report", "按严重程度"),
    "store": pgettext_lazy("case report", "按门店"),
    "cause": pgettext_lazy("case report", "按原因"),
}


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    opened: int
    settled: int
    reopened: int
    part: float
    href: str


@dataclass(frozen=True, slots=True)
class Table:
    title: Promise
    lines: list[Line]
    more: int


def tables(month: Month, stores: dict[int, str], *, store: int | None, address: str) -> list[Table]:
    """`address`: of the list of cases, for whoever wants to see which they are."""
    asked = {"box": "all", "month": f"{month.first:%Y-%m}", **({"store": str(store)} if store else {})}
    names = _names(stores)
    found = []
    for field, title in PARTS.items():
        lines = sorted(_lines(month, field, names[field], asked, address), key=lambda line: -line.opened)
        if field != "store" or (store is None and len(stores) > 1):
            found.append(Table(title, lines[:MOST], max(0, len(lines) - MOST)))
    return found


def _lines(month: Month, field: str, name: Callable[[Any], str], asked: dict[str, str], address: str) -> Iterator[Line]:
    sums: dict[Any, Line] = {}
    for row in month.rows:
        code = getattr(row, field)
        told = asked | {field: str(code or "")}
        known = sums.get(code) or Line(name(code), 0, 0, 0, 0.0, f"{address}?{urlencode(told)}")
        sums[code] = replace(
            known, opened=known.opened + row.opened, settled=known.settled + row.settled,
            reopened=known.reopened + row.reopened,
        )  # fmt: skip
    for line in sums.values():
        yield replace(line, part=line.opened / month.opened)


def _names(stores: dict[int, str]) -> dict[str, Callable[[Any], str]]:
    return {
        "kind": lambda code: str(words.KIND_NAMES[Kind(code)]),
        "topic": lambda code: str(words.TOPIC_NAMES[Topic(code)]),
        "severity": lambda code: str(words.SEVERITY_NAMES[Severity(code)]),
        "store": lambda code: stores.get(code, "") if code else _("不属于门店"),
        "cause": cause_name,
    }


def cause_name(key: str) -> str:
    """A cause that the tree no longer has is told by its key."""
    way = document("cases").causes_by_key().get(key)
    return way[-1].name.say(get_language() or "") if way else key or _("还没定原因")


def as_csv(month: Month, stores: dict[int, str]) -> bytes:
    """UTF-8 with a mark, by which spreadsheet programs know Chinese."""
    return written(_sheet(month, stores)).encode("utf-8-sig")


def as_xlsx(month: Month, stores: dict[int, str]) -> bytes:
    """Texts as texts and numbers as numbers: nothing in it is a formula."""
    return workbook(f"{month.first:%Y-%m}", _sheet(month, stores))


def _sheet(month: Month, stores: dict[int, str]) -> Iterator[Sequence[object]]:
    counted = [pgettext("counted", "开立"), _("已了结"), _("重开")]
    yield [_("类型"), _("主题"), _("严重程度"), _("门店"), _("原因"), *counted]
    names = _names(stores)
    for row in month.rows:
        told = [names[field](getattr(row, field)) for field in ("kind", "topic", "severity", "store", "cause")]
        yield [*told, row.opened, row.settled, row.reopened]
