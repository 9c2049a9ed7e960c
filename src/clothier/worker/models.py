"""A worker's signs of life."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Beat(models.Model):
    """When a chore of one worker process was last seen alive; rewritten every few seconds, never a history."""

    worker = models.CharField(_("进程"), max_length=80)
    chore = models.CharField(_("工作"), max_length=40)
    seen_at = models.DateTimeField(_("最近活动"))

    class Meta:
        verbose_name = _("工作进程心跳")
        verbose_name_plural = _("工作进程心跳")
        constraints = [models.UniqueConstraint(fields=["worker", "chore"], name="beat_once_a_chore")]

    def __str__(self) -> str:
        return f"{self.worker} {self.chore}"


class Routine(models.Model):
    """When a routine is due next; while a worker is at it, when another may take over."""

    name = models.CharField(_("例行工作"), max_length=40, primary_key=True)
    due_at = models.DateTimeField(_("到期"))
    done_at = models.DateTimeField(_("上次完成"), null=True)
    runs = models.PositiveIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = _("例行工作")
        verbose_name_plural = _("例行工作")

    def __str__(self) -> str:
        return self.name
