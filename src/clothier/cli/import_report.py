"""What `clothier import` prints: the columns it found, and source against database."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clothier.imports.contracts import Line
    from clothier.imports.selectors import Import

MICROS = 1_000_000


def mapping_text(draft: "Import", columns: dict[str, int], options: dict[str, str]) -> str:
    rows = [f"  {name:<14} ← {draft.header[at]}" for name, at in sorted(columns.items(), key=lambda pair: pair[1])]
    ignored = [title for at, title in enumerate(draft.header) if at not in columns.values() and title]
    settings = ", ".join(f"{name} {value}" for name, value in sorted(options.items()) if value and "unsure" not in name)
    dialect = draft.dialect["sheet"] or f"{draft.dialect['encoding']}, separated by {draft.dialect['delimiter']!r}"
    lines = [f"{draft.file_name}: {dialect}", *rows]
    if ignored:
        lines.append(f"  not used: {', '.join(ignored)}")
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
    verb = "would be imported" if dry else "imported"
    text = [
        f"{counts.read:,} lines read: {counts.imported:,} {verb}, {counts.already:,} were there already, "
        f"{counts.rejected:,} refused."
    ]
    lines = _lines(task, dry)
    if lines:
        text += ["", *_table(lines, task.options.get("currency") or "CNY", dry=dry)]
    if counts.rejected:
        text += ["", f"The refused rows and their reasons: {task.rejected_file}"]
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
    heads = ["", "in the file", "sum", "imported", "already", "refused", "in the database", "sum", "difference"]
    rows = [heads, *(_row(line, dry) for line in lines)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(heads))]
    text = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    text.append(f"All sums in {currency}.")
    odd = sum(line.rounding.lines for line in lines)
    if odd:
        added = sum(line.rounding.micros for line in lines)
        text.append(f"{odd} lines have prices below a penny; rounding them added {_exact(added)}.")
    if not dry:
        balanced = all(line.balanced for line in lines)
        text.append("Source and database agree to the penny." if balanced else "SOURCE AND DATABASE DO NOT AGREE.")
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
