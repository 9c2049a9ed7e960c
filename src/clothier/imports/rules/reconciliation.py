"""Source against database, to the last fen."""

from collections.abc import Iterable, Mapping, Sequence

from clothier.imports.contracts import Counts, Line, Tally


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
