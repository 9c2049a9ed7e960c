"""The ways to a member's own page: the code on the phone, a link shown by a colleague, digits sent to the phone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberCard(models.Model):
    """Which secret a record's member code is made with; made anew, old codes and signed-in phones are worth nothing."""

    customer_id = models.BigIntegerField(_("顾客"), primary_key=True)
    generation = models.PositiveIntegerField(default=1)
    # The half minute whose code was the last to be used at a till: it, and what was shown before, is used up.
    used_window = models.BigIntegerField(default=0)
    renewed_at = models.DateTimeField(_("更换时间"), null=True)
    renewed_by = models.BigIntegerField(_("更换人"), null=True)

    class Meta:
        verbose_name = _("会员码")
        verbose_name_plural = _("会员码")

    def __str__(self) -> str:
        return f"{self.customer_id} #{self.generation}"


class MemberLink(models.Model):
    """A way into one customer's own page, shown by a colleague: for some minutes, for the first phone that opens it."""

    customer_id = models.BigIntegerField(_("顾客"))
    made_by = models.BigIntegerField(_("出示人"), null=True)
    made_at = models.DateTimeField(_("出示时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    opened_at = models.DateTimeField(_("打开时间"), null=True)

    class Meta:
        verbose_name = _("会员页链接")
        verbose_name_plural = _("会员页链接")

    def __str__(self) -> str:
        return f"{self.customer_id} {self.expires_at}"


class DoorCode(models.Model):
    """Six digits sent to a member's verified phone: who says them within minutes is let into that member's page.

    Of the phone only its keyed hash is kept, of the digits theirs; both lie sealed until the message is on its way.
    """

    phone = models.CharField(max_length=32)
    customer_id = models.BigIntegerField(_("顾客"))
    digest = models.CharField(max_length=32)
    key = models.BinaryField(null=True)
    sealed = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(_("发出时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    tries = models.PositiveSmallIntegerField(_("试过几次"), default=0)
    opened_at = models.DateTimeField(_("打开时间"), null=True)

    class Meta:
        verbose_name = _("登录验证码")
        verbose_name_plural = _("登录验证码")
        indexes = [models.Index(fields=["phone", "-id"], name="door_code_phone")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.expires_at}"
