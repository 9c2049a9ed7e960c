"""How money is shared, and how long an answer is waited for. Plain arithmetic."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from clothier.kernel.money import share

if TYPE_CHECKING:
    from clothier.kernel.columns import Ints

# One sum, or a column of them.
N = TypeVar("N", int, "Ints")

# A request that never arrived is believed to have never arrived only after this long: it may still be on its way.
GRACE = 15


def parts(amount: int, left: Sequence[int]) -> list[int]:
    """What each attempt gives back of `amount`, in proportion to what is left of it, exactly; none more than is left.

    By what is left, not by what came in: so any row of partial refunds ends with every attempt given back to the fen.
    Raises ValueError when more is asked for than there is.
    """
    if not 0 < amount <= sum(left):
        raise ValueError(f"cannot give back {amount} of {sum(left)}")
    return share(amount, list(left))


def fee(fen: N, basis_points: N) -> N:
    """What a provider keeps of an amount, rounded half up to the fen as their bills do."""
    return (fen * basis_points + 5_000) // 10_000
