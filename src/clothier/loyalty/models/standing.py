"""Where members stand: their tiers, every rise and fall, and how the whole programme stood day by day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Membership(models.Model):
    """Where a person stands, on the row of the record that stands for the person (`live`).

    The row of a record that was merged into another rests until it is parted again.
    """

    customer_id = models.BigIntegerField(_("顾客"), primary_key=True)
    live = models.BooleanField(default=True)
    tier = models.CharField(_("等级"), max_length=40, blank=True)
    since = models.DateTimeField(_("自"), null=True)
    grace_until = models.DateTimeField(_("保级至"), null=True)
    qualifying_fen = models.BigIntegerField(_("评级消费（分）"), default=0)
    next_look_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("会员")
        verbose_name_plural = _("会员")
        indexes = [
            models.Index(fields=["next_look_at"], name="membership_due", condition=Q(live=True)),
            models.Index(fields=["tier", "customer_id"], name="membership_tier", condition=Q(live=True)),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.tier}"


class TierChange(models.Model):
    """A rise or a fall, never changed; "" is below the first tier."""

    customer_id = models.BigIntegerField(_("顾客"))
    was = models.CharField(_("原等级"), max_length=40, blank=True)
    tier = models.CharField(_("新等级"), max_length=40, blank=True)
    qualifying_fen = models.BigIntegerField(_("评级消费（分）"))
    changed_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("等级变动")
        verbose_name_plural = _("等级变动")
        indexes = [models.Index(fields=["customer_id", "-changed_at", "-id"], name="tier_change_customer")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.was} → {self.tier}"


class Rereview(models.Model):
    """Everybody's tier is looked at from a moment on, because the house rules change, up to `reached` so far."""

    at = models.DateTimeField()
    reached = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("重新评级")
        verbose_name_plural = _("重新评级")

    def __str__(self) -> str:
        return f"{self.at} {self.reached}"


class ProgrammeDay(models.Model):
    """How the programme stood, counted anew through the day: members by tier, and points owed by when they expire."""

    day = models.DateField(_("日期"), primary_key=True)
    counted_at = models.DateTimeField(_("统计时间"))
    members = models.JSONField(_("各等级人数"))
    expiring = models.JSONField(_("各月到期积分"))
    pending = models.BigIntegerField(_("待生效"))
    debt = models.BigIntegerField(_("欠分"))

    class Meta:
        verbose_name = _("积分计划统计")
        verbose_name_plural = _("积分计划统计")

    def __str__(self) -> str:
        return f"{self.day}"
