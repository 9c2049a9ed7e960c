"""What an import came to, as its page shows it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clothier.imports.contracts import MICROS_PER_FEN, MOST_TOLD, Counts, Line
from clothier.imports.selectors import Import, may_undo, reconciliation, refusals, stayed
from clothier.staff.selectors import names_of

SORTS = {
    "sale": gettext_lazy("销售"),
    "return": pgettext_lazy("order", "退货"),
    "cancellation": pgettext_lazy("order", "取消"),
}
REMARKS = {
    "orders": gettext_lazy("订单"),
    "other_lines": gettext_lazy("运费、折扣等非商品行"),
    "free_lines": gettext_lazy("零价行"),
    "repeated_lines": gettext_lazy("同一订单内重复的行（原样保留）"),
    "customers": gettext_lazy("新登记的顾客"),
    "malformed": gettext_lazy("无法识别的手机号等（该项未收，其余已收）"),
    "styles_created": gettext_lazy("新款式"),
    "styles_changed": gettext_lazy("更新的款式"),
    "staff_joined": gettext_lazy("新员工"),
    "visits": gettext_lazy("到店"),
    "articles_created": gettext_lazy("新的知识条目"),
    "articles_changed": gettext_lazy("更新的知识条目"),
}
TOLD = {
    "articles_created": (pgettext_lazy("import", "新建"), "good"),
    "articles_changed": (pgettext_lazy("import", "更新"), "info"),
    "rejected": (pgettext_lazy("import", "不收"), "bad"),
}


def outcome(task: Import, *, trial: bool = False) -> dict[str, Any]:
    """Counts, remarks and the reconciliation; of the latest trial where asked for."""
    counts = task.read_counts(trial=trial)
    lines = reconciliation(task, trial=trial)
    return {
        "counts": counts,
        "tried": bool(trial and task.trial),
        "percent": round(task.share * 100, 1),
        "remarks": [(REMARKS[name], number) for name, number in counts.remarks.items() if name in REMARKS],
        "told": _told(task, counts) if trial else [],
        "most_told": MOST_TOLD,
        "lines": [_line(line) for line in lines],
        "balanced": all(line.balanced for line in lines),
        "currency": task.options.get("currency") or "CNY",
        "undoable": may_undo(task),
        "taken_back": task.read_taken_back(),
        "stayed": stayed(task),
        "undone_by": names_of([task.undone_by]).get(task.undone_by or 0, ""),
        "rounded": sum(line.rounding.lines for line in lines),
    }


def _told(task: Import, counts: Counts) -> list[tuple[int, Any, str, str]]:
    """The first rows: line, what would become of it, its tone, and of what it speaks or why it stays out."""
    rows = [(line, what, about) for line, what, about in counts.made]
    if counts.rejected:
        rows += [(line, "rejected", why) for line, why in refusals(task, limit=MOST_TOLD)]
    return [(line, *TOLD[what], about) for line, what, about in sorted(rows)[:MOST_TOLD]]


def _line(line: Line) -> dict[str, Any]:
    return {
        "name": SORTS.get(line.sort, _("其他")),
        "line": line,
        "source_fen": _fen(line.source.micros),
        "difference_fen": _fen(line.difference_micros),
    }


def _fen(micros: int) -> int:
    """To the nearest fen, for showing; the comparison itself is exact."""
    return (micros + MICROS_PER_FEN // 2) // MICROS_PER_FEN
