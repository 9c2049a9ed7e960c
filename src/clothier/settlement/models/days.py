"""A store's business day, closed once, and what it added up to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BusinessDay(models.Model):
    """One store's day of trade. `sealed_at` is when the books took nothing more; what is told later is the next day's.

    `closed_at` is the moment people lived it, which a history tells apart from the moment it was written down.
    """

    store = models.ForeignKey(
        "places.Store", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("门店")
    )
    date = models.DateField(_("营业日"))
    closed_at = models.DateTimeField(_("关账时间"), null=True)
    sealed_at = models.DateTimeField(_("封账时间"), null=True)
    closed_by = models.BigIntegerField(_("关账人"), null=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    # Sales told after their own day was sealed, which this day took in.
    late = models.PositiveIntegerField(_("补入单数"), default=0)
    compared_at = models.DateTimeField(_("核对时间"), null=True)
    matched_at = models.DateTimeField(_("对平时间"), null=True)

    class Meta:
        verbose_name = _("营业日")
        verbose_name_plural = pgettext_lazy("plural", "营业日")
        constraints = [models.UniqueConstraint(fields=["store", "date"], name="business_day_once")]
        indexes = [
            models.Index(fields=["-date", "store"], name="business_day_date"),
            models.Index(
                fields=["store", "date"],
                name="business_day_unmatched",
                condition=models.Q(sealed_at__isnull=False, matched_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.store} {self.date}"


class DayFigure(models.Model):
    """One line of a day in our own books: sales, returns, points or a way to pay; fen below zero went out."""

    day = models.ForeignKey(BusinessDay, on_delete=models.CASCADE, related_name="figures", verbose_name=_("营业日"))
    line = models.CharField(_("项目"), max_length=20)
    count = models.PositiveIntegerField(_("笔数"), default=0)
    fen = models.BigIntegerField(_("金额"), default=0)
    refunds = models.PositiveIntegerField(_("退款笔数"), default=0)
    refund_fen = models.BigIntegerField(_("退款金额"), default=0)

    class Meta:
        verbose_name = _("日结数字")
        verbose_name_plural = pgettext_lazy("plural", "日结数字")
        constraints = [models.UniqueConstraint(fields=["day", "line"], name="day_figure_once")]

    def __str__(self) -> str:
        return f"{self.day_id} {self.line}"
