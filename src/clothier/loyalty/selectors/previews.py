"""What a campaign would have brought: the latest orders counted again by its rule."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from clothier.loyalty.contracts import EntryKind
from clothier.loyalty.models import Entry, Lot
from clothier.loyalty.rules.campaigns import Buying, CampaignRule
from clothier.loyalty.rules.points import points_for
from clothier.loyalty.selectors.programme import worth
from clothier.loyalty.selectors.tiers import tiers_of

# So many orders tell enough, and cost the same however large the chain is.
SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Preview:
    """Of the latest `orders` so many fall under the rule; what they earned, would earn, and what that is worth."""

    orders: int
    matching: int
    points: int
    extra: int
    extra_fen: int


def preview(rule: CampaignRule) -> Preview:
    """By the latest orders, with the tiers their customers have today."""
    lots = list(Lot.objects.filter(source="order").order_by("-pk").only("pk", "customer_id", "store_id")[:SAMPLE])
    bought: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(lot__in=[lot.pk for lot in lots], kind=EntryKind.EARN):
        bought[entry.lot_id].append(entry)
    tiers = tiers_of({lot.customer_id for lot in lots})
    zone, matching, points, extra = timezone.get_default_timezone(), 0, 0, 0
    for lot in lots:
        lines = bought[lot.pk]
        total = sum(line.fen for line in lines)
        if not lines or not rule.applies(
            Buying(lines[0].occurred_at, lot.store_id, tiers.get(lot.customer_id, ""), total), zone
        ):
            continue
        matching += 1
        had = sum(line.points for line in lines)
        points += had
        extra += max(sum(points_for(line.fen, line.rate * rule.percent // 100) for line in lines) - had, 0)
    return Preview(len(lots), matching, points, extra, worth(extra))
