"""What `clothier import` prints: the columns it found, and source against database."""

from typing import TYPE_CHECKING, Any

from clothier.cli.language import _, right, width

if TYPE_CHECKING:
    from clothier.imports.contracts import Line
    from clothier.imports.selectors import Import

MICROS = 1_000_000


def mapping_text(draft: "Import", columns: dict[str, int], options: dict[str, str]) -> str:
    rows = [f"  {name:<14} ← {draft.header[at]}" for name, at in sorted(columns.items(), key=lambda pair: pair[1])]
    ignored = [title for at, title in enumerate(draft.header) if at not in columns.values() and title]
    settings = ", ".join(f"{name} {value}" for name, value in sorted(options.items()) if value and "unsure" not in name)
    separated = _("%(encoding)s，以 %(delimiter)s 分隔")
    dialect = draft.dialect["sheet"] or separated % {
        "encoding": draft.dialect["encoding"],
        "delimiter": repr(draft.dialect["delimiter"]),
    }
    lines = [f"{draft.file_name}: {dialect}", *rows]
    if ignored:
        lines.append("  " + _("未使用：%(columns)s") % {"columns": ", ".join(ignored)})
    return "\n".join([*lines, *([f"  {settings}"] if settings else [])])


def outcome(task: "Import", *, dry: bool) -> dict[str, Any]:
    """The outcome for programs."""
    counts = task.read_counts(trial=dry)
    return {
        "import": task.pk,
        "state": "checked" if dry and task.state == "draft" else task.state,
        "lines": {name: getattr(counts, name) for name in ("read", "imported", "already", "rejected")},
        "remarks": counts.remarks,
        "reconciliation": [_figures(line) for line in _lines(task, dry)],
        "rejected_file": str(task.rejected_file) if counts.rejected else None,
        "problem": task.problem,
    }


def report(task: "Import", *, dry: bool) -> str:
    """The outcome for people."""
    counts = task.read_counts(trial=dry)
    figures = {name: f"{getattr(counts, name):,}" for name in ("read", "imported", "already", "rejected")}
    sentence = (
        _("读取 %(read)s 行：将导入 %(imported)s 行，已有 %(already)s 行，拒绝 %(rejected)s 行。")
        if dry
        else _("读取 %(read)s 行：导入 %(imported)s 行，已有 %(already)s 行，拒绝 %(rejected)s 行。")
    )
    text = [sentence % figures]
    lines = _lines(task, dry)
    if lines:
        text += ["", *_table(lines, task.options.get("currency") or "CNY", dry=dry)]
    if counts.rejected:
        text += ["", _("被拒绝的行和原因：%(file)s") % {"file": task.rejected_file}]
    return "\n".join(text)


def _lines(task: "Import", dry: bool) -> "list[Line]":
    from clothier.imports.selectors import reconciliation

    return reconciliation(task, trial=dry)


def _figures(line: "Line") -> dict[str, Any]:
    parts = {name: getattr(line, name) for name in ("source", "imported", "already", "rejected", "rounding")}
    sums = {name: {"lines": part.lines, "sum": _exact(part.micros)} for name, part in parts.items()}
    database = {"lines": line.database_lines, "sum": _exact(line.database_fen * 10_000)}
    return {"sort": line.sort, **sums, "database": database, "balanced": line.balanced}


def _table(lines: "list[Line]", currency: str, *, dry: bool) -> list[str]:
    file = ["", _("文件中"), _("合计"), _("导入"), _("已有"), _("拒绝")]
    heads = [*file, _("数据库中"), _("合计"), _("差额")]
    rows = [heads, *(_row(line, dry) for line in lines)]
    widths = [max(width(row[n]) for row in rows) for n in range(len(heads))]
    text = ["  ".join(right(cell, columns) for cell, columns in zip(row, widths, strict=True)) for row in rows]
    text.append(_("金额单位：%(currency)s。") % {"currency": currency})
    odd = sum(line.rounding.lines for line in lines)
    if odd:
        added = sum(line.rounding.micros for line in lines)
        sentence = _("%(lines)s 行的单价不足一分，四舍五入共增加 %(sum)s。")
        text.append(sentence % {"lines": odd, "sum": _exact(added)})
    if not dry:
        balanced = all(line.balanced for line in lines)
        text.append(_("来源与数据库分文不差。") if balanced else _("来源与数据库不一致！"))
    return text


def _row(line: "Line", dry: bool) -> list[str]:
    cells = [line.sort, f"{line.source.lines:,}", _exact(line.source.micros)]
    cells += [f"{part.lines:,}" for part in (line.imported, line.already, line.rejected)]
    if dry:
        return [*cells, "–", "–", "–"]
    return [*cells, f"{line.database_lines:,}", _exact(line.database_fen * 10_000), _exact(line.difference_micros)]


def _exact(micros: int) -> str:
    """An amount in full: two places, more where there are any."""
    sign, micros = ("-" if micros < 0 else ""), abs(micros)
    whole, rest = divmod(micros, MICROS)
    places = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{sign}{whole:,}.{places}"
