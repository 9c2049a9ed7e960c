"""What a provider may keep by contract."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from clothier.kernel.columns import Ints

# Rates are hundredths of a percent.
_WHOLE = 10_000


def due(amounts: "Ints", rates: "Ints", *, returned: bool) -> "Ints":
    """The fee for each amount, rounded half up to the fen; below zero for a refund where fees are given back."""
    fees: Ints = (np.abs(amounts) * rates + _WHOLE // 2) // _WHOLE * np.sign(amounts)
    return fees if returned else np.maximum(fees, 0)
