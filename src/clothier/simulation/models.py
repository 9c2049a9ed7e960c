"""What the demo was filled with, so that a second fill continues or leaves alone what is there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Filling(models.Model):
    """One fill of this database. Everything in it follows from seed, size and day."""

    seed = models.PositiveIntegerField(_("种子"))
    customers = models.PositiveIntegerField(_("顾客数"))
    orders = models.PositiveIntegerField(_("订单数"), default=0)
    stores = models.PositiveSmallIntegerField(_("门店数"))
    styles = models.PositiveSmallIntegerField(_("款式数"))
    day = models.DateField(_("日期"))
    started_at = models.DateTimeField(_("开始"))
    # How far an interrupted fill had come, in customers: what is told once may not be told again.
    told = models.PositiveIntegerField(default=0)
    # And how many of the last weeks' days on the floor.
    days = models.PositiveSmallIntegerField(default=0)
    # Statements that put back what was set aside of the tables while they are filled.
    aside = models.JSONField(default=list)
    finished_at = models.DateTimeField(_("完成"), null=True)

    class Meta:
        verbose_name = _("示例数据")
        verbose_name_plural = _("示例数据")

    def __str__(self) -> str:
        return f"{self.customers} / {self.seed}"


class Visitor(models.Model):
    """A visit that the simulation made, and may therefore continue."""

    visit_id = models.BigIntegerField(primary_key=True)
    came_at = models.DateTimeField(_("到店"))
    went_at = models.DateTimeField(_("离店"), null=True)

    class Meta:
        verbose_name = _("模拟顾客")
        verbose_name_plural = _("模拟顾客")
        indexes = [models.Index(fields=["came_at"], name="visitor_here", condition=models.Q(went_at__isnull=True))]

    def __str__(self) -> str:
        return str(self.visit_id)
