"""What is in a drawer: counted in notes and coins, blind, then held against what should be there."""

from collections.abc import Mapping

from clothier.settlement.contracts import DENOMINATIONS, MOST_PIECES


class BadCount(ValueError):
    """A count that no drawer can have; `denomination` is the note or coin at fault, in fen."""

    def __init__(self, denomination: int) -> None:
        super().__init__(f"no drawer holds that many of {denomination}")
        self.denomination = denomination


def total(pieces: Mapping[int, int]) -> int:
    """Fen in a drawer with so many of each note and coin. Raises BadCount."""
    for denomination, count in pieces.items():
        if denomination not in DENOMINATIONS or not 0 <= count <= MOST_PIECES:
            raise BadCount(denomination)
    return sum(denomination * count for denomination, count in pieces.items())


def expected(*, float_fen: int, cash_fen: int, moved_fen: int) -> int:
    """What should be in the drawer: the float, cash taken less cash given back, and what was moved in and out."""
    return float_fen + cash_fen + moved_fen
