"""Which campaigns there are, and which applied when."""

from datetime import datetime

from clothier.loyalty.models import Campaign
from clothier.loyalty.rules.campaigns import CampaignRule, Running


def campaigns() -> list[Campaign]:
    """Every campaign, those that end last first."""
    return list(Campaign.objects.order_by("-ends_at", "-pk")[:200])


def campaign(pk: int) -> Campaign | None:
    return Campaign.objects.filter(pk=pk).first()


def running_between(start: datetime, end: datetime) -> list[Running]:
    """Campaigns in force at some time from `start` to `end`; one that was stopped ran until then."""
    told = Campaign.objects.filter(starts_at__lte=end, ends_at__gt=start)
    return [
        Running(
            campaign.pk,
            CampaignRule.model_validate(campaign.rule),
            campaign.starts_at,
            min(campaign.ends_at, campaign.stopped_at or campaign.ends_at),
        )
        for campaign in told
    ]
