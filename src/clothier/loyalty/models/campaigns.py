"""Times in which orders earn more."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel import clock
from clothier.kernel.words import either


class Campaign(models.Model):
    """A time in which orders earn more. What an order earned by it stays, however the campaign is edited later."""

    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    rule = models.JSONField(_("规则"))
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    created_by = models.BigIntegerField(_("创建人"), null=True)
    stopped_at = models.DateTimeField(_("停止时间"), null=True)
    stopped_by = models.BigIntegerField(_("停止人"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("points", "活动")
        verbose_name_plural = pgettext_lazy("points", "活动")
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="campaign_lasts")]
        indexes = [models.Index(fields=["ends_at"], name="campaign_end", condition=Q(stopped_at__isnull=True))]

    def __str__(self) -> str:
        return self.name

    def shown_name(self) -> str:
        """In the reader's language, where it has a name in it."""
        return either(self.name, self.name_en)

    def is_running(self) -> bool:
        return self.stopped_at is None and self.starts_at <= clock.now() < self.ends_at

    def is_over(self) -> bool:
        return self.ends_at <= clock.now()
