"""Tills, their sessions from float to close, and every count of a drawer."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.settlement.models.days import BusinessDay


class Till(models.Model):
    """A place where money is taken."""

    store = models.ForeignKey(
        "places.Store", on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("门店")
    )
    code = models.SlugField(_("编码"), max_length=20)
    name = models.CharField(_("名称"), max_length=40)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("收银台")
        verbose_name_plural = pgettext_lazy("plural", "收银台")
        ordering = ["store_id", "code"]
        constraints = [models.UniqueConstraint(fields=["store", "code"], name="till_code_once_a_store")]

    def __str__(self) -> str:
        return self.name


class TillSession(models.Model):
    """One drawer from its float to its close. What should be in it is worked out only when it closes."""

    till = models.ForeignKey(
        Till, on_delete=models.PROTECT, related_name="sessions", db_index=False, verbose_name=_("收银台")
    )
    day = models.ForeignKey(BusinessDay, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("营业日"))
    opened_at = models.DateTimeField(_("开台时间"))
    opened_by = models.BigIntegerField(_("开台人"), null=True)
    float_fen = models.BigIntegerField(_("备用金"))
    closed_at = models.DateTimeField(_("关台时间"), null=True)
    closed_by = models.BigIntegerField(_("关台人"), null=True)
    expected_fen = models.BigIntegerField(_("应有现金"), null=True)
    counted_fen = models.BigIntegerField(_("实点现金"), null=True)
    reason = models.CharField(_("差异原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("收银班次")
        verbose_name_plural = pgettext_lazy("plural", "收银班次")
        constraints = [
            models.UniqueConstraint(fields=["till"], name="till_open_once", condition=models.Q(closed_at__isnull=True)),
            models.CheckConstraint(condition=models.Q(float_fen__gte=0), name="till_float_not_negative"),
        ]
        indexes = [models.Index(fields=["till", "-opened_at"], name="till_session_time")]

    def __str__(self) -> str:
        return f"{self.till_id} {self.opened_at}"

    @property
    def difference_fen(self) -> int | None:
        """Counted less expected: below zero, money is missing. None while the session runs."""
        if self.counted_fen is None or self.expected_fen is None:
            return None
        return self.counted_fen - self.expected_fen


class DrawerCount(models.Model):
    """A count of a drawer in notes and coins, by somebody who was not told what should be in it. Never changed."""

    session = models.ForeignKey(TillSession, on_delete=models.CASCADE, related_name="counts", verbose_name=_("班次"))
    counted_at = models.DateTimeField(_("清点时间"))
    counted_by = models.BigIntegerField(_("清点人"), null=True)
    # Denomination in fen → pieces.
    pieces = models.JSONField(_("张数"), default=dict)
    total_fen = models.BigIntegerField(_("合计"))

    class Meta:
        verbose_name = _("现金清点")
        verbose_name_plural = pgettext_lazy("plural", "现金清点")

    def __str__(self) -> str:
        return f"{self.session_id} {self.total_fen}"


class CashMove(models.Model):
    """Cash put into a drawer or taken out of it beside the sales: change from the safe, a drop, a taxi paid."""

    session = models.ForeignKey(TillSession, on_delete=models.CASCADE, related_name="moves", verbose_name=_("班次"))
    moved_at = models.DateTimeField(_("时间"))
    moved_by = models.BigIntegerField(_("经手人"), null=True)
    fen = models.BigIntegerField(_("金额"))
    reason = models.CharField(_("事由"), max_length=200)

    class Meta:
        verbose_name = _("现金进出")
        verbose_name_plural = pgettext_lazy("plural", "现金进出")
        constraints = [models.CheckConstraint(condition=~models.Q(fen=0), name="cash_move_not_nothing")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.fen}"
