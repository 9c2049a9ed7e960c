"""Days added up, so that no page reads history."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyFigure(models.Model):
    """One measure of one store (0: of no store) on one local day. Counted anew, never added to."""

    store_id = models.BigIntegerField(_("门店"))
    day = models.DateField(_("日期"))
    measure = models.CharField(_("量"), max_length=40)
    amount = models.BigIntegerField(_("数值"))

    class Meta:
        verbose_name = _("日指标")
        verbose_name_plural = _("日指标")
        constraints = [models.UniqueConstraint(fields=["store_id", "day", "measure"], name="figure_once")]
        indexes = [models.Index(fields=["day", "measure"], name="figure_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.measure} {self.amount}"


class TouchedDay(models.Model):
    """A past day that something was told about late: to be counted anew. Appended freely, removed once counted."""

    store_id = models.BigIntegerField()
    day = models.DateField()

    class Meta:
        verbose_name = _("待重算的日子")
        verbose_name_plural = _("待重算的日子")

    def __str__(self) -> str:
        return f"{self.day} {self.store_id}"
