"""Families: who lets whom use points, and how many were used."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Family(models.Model):
    """People who let each other use their points. The points stay in their owners' lots."""

    founded_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("家庭")
        verbose_name_plural = _("家庭")

    def __str__(self) -> str:
        return f"#{self.pk}"


class FamilyMember(models.Model):
    """Somebody's time in a family; one at a time. `share`: so many of their points the others may use a month."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="members", verbose_name=_("家庭"))
    customer_id = models.BigIntegerField(_("顾客"))
    share = models.PositiveIntegerField(_("每月可给家人"), default=0)
    joined_at = models.DateTimeField(_("加入时间"))
    left_at = models.DateTimeField(_("离开时间"), null=True)

    class Meta:
        verbose_name = _("家庭成员")
        verbose_name_plural = _("家庭成员")
        constraints = [
            models.UniqueConstraint(
                fields=["customer_id"], condition=Q(left_at__isnull=True), name="family_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.family_id}"


class FamilyInvitation(models.Model):
    """A code somebody of a family made, for one person who agrees within minutes."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+", verbose_name=_("家庭"))
    code = models.CharField(_("邀请码"), max_length=12, unique=True)
    made_by = models.BigIntegerField(_("邀请人"))
    made_at = models.DateTimeField(_("时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    used_at = models.DateTimeField(_("加入时间"), null=True)

    class Meta:
        verbose_name = _("家庭邀请")
        verbose_name_plural = _("家庭邀请")

    def __str__(self) -> str:
        return f"{self.family_id} {self.made_at}"


class FamilyUse(models.Model):
    """Points of a member that somebody else of the family spent: what the monthly share is counted from."""

    member = models.ForeignKey(FamilyMember, on_delete=models.PROTECT, related_name="uses", verbose_name=_("家庭成员"))
    spender = models.BigIntegerField(_("使用人"))
    source = models.CharField(_("来源"), max_length=20)
    document = models.CharField(_("单号"), max_length=40)
    points = models.PositiveIntegerField(_("积分"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("家人用分")
        verbose_name_plural = _("家人用分")
        constraints = [models.UniqueConstraint(fields=["member", "source", "document"], name="family_use_once")]
        indexes = [models.Index(fields=["member", "-at"], name="family_use_month")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.points}"
