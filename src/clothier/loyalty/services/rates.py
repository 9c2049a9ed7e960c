"""What an amount earns: the house rules' points a yuan, times the tier's, times the best campaign's."""

from collections.abc import Sequence

from django.utils import timezone

from clothier.loyalty.contracts import Earning
from clothier.loyalty.rules.campaigns import Buying, best
from clothier.loyalty.rules.points import HUNDREDTHS
from clothier.loyalty.selectors.campaigns import running_between
from clothier.loyalty.selectors.tiers import tiers_at
from clothier.standards.contracts import Loyalty


def rates(rules: Loyalty, earnings: Sequence[Earning]) -> list[tuple[int, int | None]]:
    """For each order hundredths of a point a yuan, and the campaign that raised it.

    The tier and the campaigns are those of the order's own time, however late it is told.
    """
    if not earnings:
        return []
    moments = [earning.occurred_at for earning in earnings]
    campaigns = running_between(min(moments), max(moments))
    tiers = tiers_at([(earning.customer, earning.occurred_at) for earning in earnings])
    usual = {tier.key: tier.earns for tier in rules.tiers}
    zone, found = timezone.get_default_timezone(), []
    for earning, tier in zip(earnings, tiers, strict=True):
        buying = Buying(earning.occurred_at, earning.store, tier, sum(line.fen for line in earning.lines))
        percent, campaign = best(campaigns, buying, zone)
        found.append((rules.points_per_yuan * HUNDREDTHS * usual.get(tier, 100) * percent // 10_000, campaign))
    return found
