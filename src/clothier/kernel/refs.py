"""References to things: a bare number, or a kind and number in another package, written visit:12."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def number(text: str) -> int | None:
    """The number of a row as a form or an address says it; None for anything that no row can have."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def parse_ref(text: str) -> Ref:
    """The reference written "visit:12". Raises ValueError on anything else."""
    kind, _colon, digits = text.partition(":")
    row = number(digits)
    if not kind or row is None:
        raise ValueError(f"{text!r} is not a reference such as visit:12")
    return Ref(kind, row)
