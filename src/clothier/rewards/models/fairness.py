"""The fairness report as it was last counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clothier.rewards.models.templates import Template


class FairnessCount(models.Model):
    """One count of the whole report: when, and how much it found. A count without findings is a row too."""

    counted_at = models.DateTimeField(_("统计时间"))
    found = models.PositiveIntegerField(_("不同对待"))
    open = models.PositiveIntegerField(_("待说明"))

    class Meta:
        verbose_name = _("公平性统计")
        verbose_name_plural = _("公平性统计")

    def __str__(self) -> str:
        return f"{self.counted_at}"


class FairnessFinding(models.Model):
    """Customers alike and a template that some of them got: numbers of people, never who. The worst come first by id.

    `store` is the number of where they bought last, 0 where none is known; `grounds` are coupons by ground, and
    `unexplained` those of them that the house rules did not name when it was counted.
    """

    count = models.ForeignKey(
        FairnessCount, on_delete=models.CASCADE, related_name="findings", verbose_name=_("公平性统计")
    )
    template = models.ForeignKey(Template, on_delete=models.CASCADE, verbose_name=_("券模板"))
    tier = models.CharField(_("会员等级"), max_length=40, blank=True)
    layer = models.CharField(_("价值分层"), max_length=40, blank=True)
    store = models.BigIntegerField(_("门店"))
    alike = models.PositiveIntegerField(_("同类人数"))
    people = models.PositiveIntegerField(_("得到的人数"))
    coupons = models.PositiveIntegerField(_("发放张数"))
    off_fen = models.BigIntegerField(_("已减（分）"))
    grounds = models.JSONField(_("各依据的张数"))
    unexplained = models.JSONField(_("待说明的依据"))

    class Meta:
        verbose_name = _("公平性发现")
        verbose_name_plural = _("公平性发现")

    def __str__(self) -> str:
        return f"{self.template_id} {self.tier} {self.layer} {self.store}"
