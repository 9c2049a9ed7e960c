"""Campaigns made, edited and stopped. What was earned by them stays as it was earned."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.loyalty.events import CampaignSaved, CampaignStopped
from clothier.loyalty.models import Campaign
from clothier.loyalty.rules.campaigns import CampaignRule


@transaction.atomic
def save_campaign(
    *,
    name: str,
    rule: CampaignRule,
    starts_at: datetime,
    ends_at: datetime,
    name_en: str = "",
    campaign: int | None = None,
    actor: int | None = None,
) -> int:
    """Make a campaign, or edit one that has not been stopped; its id. Orders told from now on earn by it."""
    if not name.strip():
        raise Refused(_("请填写活动名称。"), field="name")
    if ends_at <= starts_at:
        raise Refused(_("结束时间要晚于开始时间。"), field="ends")
    told = {
        "name": name.strip(),
        "name_en": name_en.strip(),
        "rule": rule.model_dump(mode="json"),
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    if campaign is None:
        campaign = Campaign.objects.create(created_by=actor, **told).pk
    elif not Campaign.objects.filter(pk=campaign, stopped_at=None).update(**told):
        raise Refused(_("这个活动已经停止，不能再修改。"))
    record(
        CampaignSaved(campaign_id=campaign, percent=rule.percent), subject=Ref("points_campaign", campaign), actor=actor
    )
    return campaign


@transaction.atomic
def stop_campaign(*, campaign: int, actor: int | None = None) -> None:
    """Nothing earns more by it from now on. Stopped twice is stopped once."""
    if Campaign.objects.filter(pk=campaign, stopped_at=None).update(stopped_at=clock.now(), stopped_by=actor):
        record(CampaignStopped(campaign_id=campaign), subject=Ref("points_campaign", campaign), actor=actor)
