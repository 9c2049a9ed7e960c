"""Source against database, to the last fen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clothier.imports.contracts import Counts, Tally
from clothier.imports.rules.values import MICROS_PER_FEN


@dataclass(frozen=True, slots=True)
class Line:
    """One sort of money: what the source says, what became of it, and what the database holds of this import."""

    sort: str
    source: Tally
    imported: Tally
    already: Tally
    rejected: Tally
    # Rounding each line to the fen added this, over so many lines.
    rounding: Tally
    database_lines: int
    database_fen: int

    @property
    def difference_micros(self) -> int:
        """What nobody can explain. Zero, or something is wrong."""
        return self.database_fen * MICROS_PER_FEN - self.imported.micros - self.rounding.micros

    @property
    def balanced(self) -> bool:
        return not self.difference_micros and self.database_lines == self.imported.lines


def reconcile(counts: Counts, sorts: Sequence[str], database: Iterable[tuple[str, int, int]]) -> list[Line]:
    """A line for every sort that occurs, in the order of `sorts`; `database` is (sort, lines, fen) as counted there."""
    held: dict[str, list[int]] = {}
    for sort, lines, fen in database:
        total = held.setdefault(sort, [0, 0])
        total[0] += lines
        total[1] += fen
    return [
        line
        for sort in sorts
        if (line := _line(counts.tallies, sort, held.get(sort, [0, 0]))).source.lines or line.database_lines
    ]


def _line(tallies: Mapping[str, Tally], sort: str, held: list[int]) -> Line:
    imported, already, rejected, rounding = (
        tallies.get(f"{sort}:{fate}", Tally()) for fate in ("imported", "already", "rejected", "rounding")
    )
    source = Tally()
    for part in (imported, already, rejected):
        source.add(part.lines, part.micros)
    return Line(sort, source, imported, already, rejected, rounding, held[0], held[1])
