"""Two columns of numbers held against each other: a million rows in a second, and only the odd ones named."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from clothier.kernel.columns import Ints


@dataclass(frozen=True, slots=True)
class Side:
    """Rows of one side: the number they are known by, and their amount."""

    references: Sequence[str]
    amounts: "Ints"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Places of rows that belong together, ours and theirs, and the numbers that are not plainly the same."""

    ours: "Ints"
    theirs: "Ints"
    suspects: set[str]
    lone: "Ints"


def pair(ours: Side, theirs: Side) -> Pairs:
    """Each of their rows with ours of the same number, whatever the order of either.

    `suspects` are numbers that only one side has, that they have twice, or whose amounts differ; `lone` are places of
    their rows that found none of ours.
    """
    place = {reference: n for n, reference in enumerate(ours.references)}
    found = np.fromiter(
        (place.get(reference, -1) for reference in theirs.references), dtype=np.int64, count=len(theirs.references)
    )
    paired = np.flatnonzero(found >= 0)
    times = np.bincount(found[paired], minlength=len(ours.references))
    mine = found[paired]
    unequal = ours.amounts[mine] != theirs.amounts[paired]
    odd_ours = np.flatnonzero(times != 1)
    odd_theirs = np.concatenate([np.flatnonzero(found < 0), paired[unequal]])
    suspects = {ours.references[n] for n in odd_ours.tolist()} | {theirs.references[n] for n in odd_theirs.tolist()}
    # A row that they have twice counts once: the first is ours, the second is what is to be explained.
    _numbers, first = np.unique(mine, return_index=True)
    kept = np.sort(first)
    return Pairs(mine[kept], paired[kept], suspects, np.flatnonzero(found < 0))
