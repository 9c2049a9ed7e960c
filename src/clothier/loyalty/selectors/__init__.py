"""The questions about points and tiers, by the names other packages ask them."""

from clothier.loyalty.models import REASON_NAMES, Campaign
from clothier.loyalty.proof import points_differences
from clothier.loyalty.selectors.balances import balance, expiring, lots
from clothier.loyalty.selectors.campaigns import campaign, campaigns
from clothier.loyalty.selectors.cards import card_of, code_of, customer_of_phone, member_of_code
from clothier.loyalty.selectors.families import FamilyView, family_of, family_points, inviter_of, spendable
from clothier.loyalty.selectors.grants import given_by_hand
from clothier.loyalty.selectors.members import tier_name, told
from clothier.loyalty.selectors.previews import preview
from clothier.loyalty.selectors.programme import Programme, programme, programme_days, worth
from clothier.loyalty.selectors.spent import points_kept
from clothier.loyalty.selectors.statements import statement
from clothier.loyalty.selectors.tiers import forecast, tier_history, tier_named, tier_of, tiers_of, tiers_sql

__all__ = [
    "REASON_NAMES",
    "Campaign",
    "FamilyView",
    "Programme",
    "balance",
    "campaign",
    "campaigns",
    "card_of",
    "code_of",
    "customer_of_phone",
    "expiring",
    "family_of",
    "family_points",
    "forecast",
    "given_by_hand",
    "inviter_of",
    "lots",
    "member_of_code",
    "points_differences",
    "points_kept",
    "preview",
    "programme",
    "programme_days",
    "spendable",
    "statement",
    "tier_history",
    "tier_name",
    "tier_named",
    "tier_of",
    "tiers_of",
    "tiers_sql",
    "told",
    "worth",
]
