"""The questions about points and tiers, by the names other packages ask them."""

from clothier.loyalty.selectors.balances import balance, lots
from clothier.loyalty.selectors.campaigns import campaign, campaigns
from clothier.loyalty.selectors.tiers import forecast, tier_history, tier_named, tier_of, tiers_of

__all__ = ["balance", "campaign", "campaigns", "forecast", "lots", "tier_history", "tier_named", "tier_of", "tiers_of"]
