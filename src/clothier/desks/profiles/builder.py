"""The condition builder: rows of a form to a condition tree and back, and a tree in words.

A row is one test. Rows without a group are joined by the whole's word (all or any); rows of one group letter are
joined by the other word, so "VIP and (coat size M or likes camel)" is two rows in group A and one without.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from clothier.customers.contracts import conditions

GROUPS = ("", "A", "B", "C")
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
    """One test as the form shows it: its kind, whether it is turned round, its group, and its own inputs."""

    kind: str
    negated: bool = False
    group: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    wrong: bool = False


@dataclass
class Builder:
    """The whole form."""

    match: str = "all"
    rows: list[Row] = field(default_factory=list)


def read(data: Mapping[str, str]) -> Builder:
    """The form as posted. Rows beyond the largest number are ignored."""
    built = Builder(match="any" if data.get("match") == "any" else "all")
    for i in range(LARGEST):
        kind = data.get(f"r{i}-kind")
        if kind and not data.get(f"r{i}-gone"):
            own = {key.partition("-")[2]: value for key, value in data.items() if key.startswith(f"r{i}-")}
            group = own.get("group", "")
            built.rows.append(Row(kind, bool(own.get("not")), group if group in GROUPS else "", own))
    return built


def tree(built: Builder) -> Any:
    """The condition of the form; rows that say nothing sensible are marked wrong. Raises ValueError when any is."""
    leaves: dict[str, list[Any]] = {}
    wrong = False
    for row in built.rows:
        try:
            leaf = conditions.parse(_leaf(row))
        except (ValidationError, ValueError, KeyError):
            row.wrong = wrong = True
            continue
        leaves.setdefault(row.group, []).append(conditions.Not(of=leaf) if row.negated else leaf)
    if wrong:
        raise ValueError("a row is incomplete")
    outer, inner = (conditions.All, conditions.Any_) if built.match == "all" else (conditions.Any_, conditions.All)
    parts = leaves.pop("", []) + [inner(of=tuple(group)) for _letter, group in sorted(leaves.items())]
    return outer(of=tuple(parts)) if parts else conditions.All()


def rows_of(condition: Any) -> Builder | None:
    """The form for a tree; None for one that was not made by it."""
    outer = condition.kind
    if outer not in ("all", "any"):
        return None
    built, letters = Builder(match=outer), iter(GROUPS[1:])
    for part in condition.of:
        if part.kind in ("all", "any"):
            letter = next(letters, None)
            inner = [_row(leaf, letter or "") for leaf in part.of]
            if letter is None or part.kind == outer or not all(inner):
                return None
            built.rows += [row for row in inner if row]
        elif row := _row(part, ""):
            built.rows.append(row)
        else:
            return None
    return built


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


def _row(leaf: Any, group: str) -> Row | None:
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
    return Row(inner.kind, negated, group, {key: str(value) for key, value in values.items()})


def _scale(figure: str) -> float:
    return 100 if figure in MONEY else 0.01 if figure in SHARES else 1
