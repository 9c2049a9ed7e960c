"""Agents as the queue sees them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Seat(models.Model):
    """An agent's place at the desk. Held while a conversation is given, so that nobody gets two for one free place."""

    employee = models.OneToOneField(
        "staff.Employee", on_delete=models.CASCADE, primary_key=True, related_name="+", verbose_name=_("客服")
    )
    away_since = models.DateTimeField(_("暂离开始"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("conversation", "席位")
        verbose_name_plural = pgettext_lazy("conversation", "席位")

    def __str__(self) -> str:
        return f"{self.employee_id}"
