"""Providers' daily files, row by row, and what they say about our days."""

from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.settlement.models.days import BusinessDay


class Statement(models.Model):
    """One file of one provider. `current`: its rows count; a corrected file takes the place of an earlier one."""

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("statement", "检查中")
        CHECKED = "checked", pgettext_lazy("statement", "待确认")
        QUEUED = "queued", pgettext_lazy("statement", "排队中")
        RUNNING = "running", pgettext_lazy("statement", "导入中")
        DONE = "done", pgettext_lazy("statement", "已导入")
        FAILED = "failed", pgettext_lazy("statement", "失败")

    provider = models.CharField(_("渠道"), max_length=12)
    date = models.DateField(_("账单日期"), null=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RECEIVED)
    current = models.BooleanField(default=False)
    file_name = models.CharField(_("文件名"), max_length=200)
    path = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    done = models.PositiveIntegerField(_("已导入行数"), default=0)
    refused = models.PositiveIntegerField(_("未收行数"), default=0)
    # The first refused rows: line, reason, what it said.
    refusals = models.JSONField(default=list)
    payments_fen = models.BigIntegerField(_("收款"), default=0)
    refunds_fen = models.BigIntegerField(_("退款"), default=0)
    fee_fen = models.BigIntegerField(_("手续费"), default=0)
    problem = models.CharField(_("问题"), max_length=300, blank=True)
    received_at = models.DateTimeField(_("上传时间"))
    received_by = models.BigIntegerField(_("上传人"), null=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    held_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("渠道账单")
        verbose_name_plural = pgettext_lazy("plural", "渠道账单")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "date"], name="statement_current_once", condition=models.Q(current=True)
            ),
        ]
        indexes = [
            models.Index(fields=["sha256", "provider"], name="statement_content"),
            models.Index(
                fields=["state"],
                name="statement_waiting",
                condition=models.Q(state__in=["received", "queued", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file(self) -> Path:
        return Path(self.path)


class StatementLine(models.Model):
    """One row of a file. `reference` is the number we gave the provider."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="lines", verbose_name=_("账单"))
    line = models.PositiveIntegerField(_("行"))
    refund = models.BooleanField(_("退款"), default=False)
    reference = models.CharField(_("商户单号"), max_length=64)
    provider_reference = models.CharField(_("渠道单号"), max_length=64, blank=True)
    occurred_at = models.DateTimeField(_("时间"))
    amount_fen = models.BigIntegerField(_("金额"))
    fee_fen = models.BigIntegerField(_("手续费"))
    currency = models.CharField(_("币种"), max_length=3, default="CNY")

    class Meta:
        verbose_name = _("账单行")
        verbose_name_plural = pgettext_lazy("plural", "账单行")
        indexes = [models.Index(fields=["reference"], name="statement_line_reference")]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount_fen}"


class DayStatement(models.Model):
    """What a provider's file of one date said about money of one business day, by method; fen and rows."""

    day = models.ForeignKey(BusinessDay, on_delete=models.CASCADE, related_name="stated", verbose_name=_("营业日"))
    provider = models.CharField(_("渠道"), max_length=12)
    method = models.CharField(_("方式"), max_length=12)
    stated_on = models.DateField(_("账单日期"))
    rows = models.PositiveIntegerField(_("行数"))
    fen = models.BigIntegerField(_("金额"))
    fee_fen = models.BigIntegerField(_("手续费"))

    class Meta:
        verbose_name = _("账单合计")
        verbose_name_plural = pgettext_lazy("plural", "账单合计")
        constraints = [
            models.UniqueConstraint(fields=["day", "provider", "method", "stated_on"], name="day_statement_once")
        ]
        indexes = [models.Index(fields=["provider", "stated_on"], name="day_statement_date")]

    def __str__(self) -> str:
        return f"{self.provider} {self.stated_on} {self.fen}"
