"""The condition builder: rows of a form to a condition tree and back, and a tree in words.

A row is one test, joined to the one above it by 且 or 或. One of the two words is the whole's (`match`); rows joined by
the other word stand in one box and are taken together first, so "VIP and (coat size M or likes camel)" is a box of
one row and a box of two.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from clothier.customers.contracts import conditions

MONEY = frozenset({"spend_fen", "margin_fen", "window_spend_fen", "lifetime_value_fen"})
SHARES = frozenset({"p_alive"})
LARGEST = 20
INPUTS: dict[str, tuple[str, ...]] = {
    "moment": ("moment", "at_least_days", "at_most_days", "never"),
    "tag": ("tag",),
    "fact": ("field", "value", "qualifier"),
    "consent": ("purpose", "channel"),
    "did": ("deed", "days", "least", "store"),
    "birthday": ("days",),
}


@dataclass
class Row:
    """One test as the form shows it: its kind, whether it is turned round, whether it shares the box of the row above
    it, and its own inputs.
    """

    kind: str
    negated: bool = False
    joined: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    wrong: bool = False


@dataclass
class Builder:
    """The whole form."""

    match: str = "all"
    rows: list[Row] = field(default_factory=list)

    def boxes(self) -> list[list[tuple[int, Row]]]:
        """Rows with their numbers, those taken together in one list."""
        found: list[list[tuple[int, Row]]] = []
        for n, row in enumerate(self.rows):
            if row.joined and found:
                found[-1].append((n, row))
            else:
                found.append([(n, row)])
        return found


class Incomplete(ValueError):
    """Some rows say nothing sensible yet."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__(f"{len(rows)} rows are incomplete")
        self.rows = rows


def read(data: Mapping[str, str]) -> Builder:
    """The form as posted. Rows beyond the largest number are ignored."""
    built = Builder(match="any" if data.get("match") == "any" else "all")
    headless = True  # The box's first row is gone, or there was none: the next row begins a box of its own.
    for i in range(LARGEST):
        own = {key.partition("-")[2]: value for key, value in data.items() if key.startswith(f"r{i}-")}
        if not own.get("kind"):
            continue
        joined = bool(own.get("join"))
        if own.get("gone"):
            headless = headless or not joined
            continue
        built.rows.append(Row(own["kind"], bool(own.get("not")), joined and not headless, own))
        headless = False
    return built


def tree(built: Builder) -> Any:
    """The condition of the form. Raises Incomplete, naming the rows that say nothing sensible."""
    wrong: list[Row] = []
    boxes = [[leaf for _n, row in box if (leaf := _test(row, wrong))] for box in built.boxes()]
    if wrong:
        raise Incomplete(wrong)
    outer, inner = (conditions.All, conditions.Any_) if built.match == "all" else (conditions.Any_, conditions.All)
    parts = [inner(of=tuple(box)) if len(box) > 1 else box[0] for box in boxes]
    return outer(of=tuple(parts)) if parts else conditions.All()


def rows_of(condition: Any) -> Builder | None:
    """The form for a tree; None for one that was not made by it."""
    if condition.kind not in ("all", "any"):
        return None
    built = Builder(match=condition.kind)
    for part in condition.of:
        if part.kind == condition.kind:
            return None
        leaves = part.of if part.kind in ("all", "any") else (part,)
        rows = [_row(leaf, joined=n > 0) for n, leaf in enumerate(leaves)]
        if not all(rows):
            return None
        built.rows += [row for row in rows if row]
    return built if len(built.rows) <= LARGEST else None


def _test(row: Row, wrong: list[Row]) -> Any:
    try:
        leaf = conditions.parse(_leaf(row))
    except (ValidationError, ValueError, KeyError):
        wrong.append(row)
        return None
    return conditions.Not(of=leaf) if row.negated else leaf


def _leaf(row: Row) -> dict[str, Any]:
    """Plain data of one row, empty inputs left out; money is typed in yuan and kept in fen, shares in percent."""
    said = {key: value.strip() for key, value in row.values.items() if value.strip()}
    plain: dict[str, Any] = {"kind": row.kind}
    if row.kind == "layer":
        return plain | {"layers": [said["layer"]]}
    if row.kind == "store":
        return plain | {"stores": [int(said["store"])]}
    if row.kind == "figure":
        scale = _scale(said["figure"])
        plain["figure"] = said["figure"]
        return plain | {end: float(said[end]) * scale for end in ("least", "most") if end in said}
    return plain | {name: said[name] for name in INPUTS[row.kind] if name in said}


def _row(leaf: Any, *, joined: bool) -> Row | None:
    negated = leaf.kind == "not"
    inner = leaf.of if negated else leaf
    if inner.kind in ("all", "any", "not"):
        return None
    values = {key: value for key, value in inner.model_dump().items() if key != "kind" and value not in (None, False)}
    if inner.kind in ("layer", "store"):
        several = values.pop(f"{inner.kind}s")
        if len(several) > 1:
            return None
        values[inner.kind] = several[0]
    if inner.kind == "figure":
        scale = _scale(inner.figure)
        values |= {end: f"{values[end] / scale:g}" for end in ("least", "most") if end in values}
    return Row(inner.kind, negated, joined, {key: str(value) for key, value in values.items()})


def _scale(figure: str) -> float:
    return 100 if figure in MONEY else 0.01 if figure in SHARES else 1
