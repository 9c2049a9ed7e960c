"""A customer is expected: when, for which service, by whom, and what became of it."""

from datetime import datetime, timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.refs import Ref


class Appointment(models.Model):
    """Somebody's time in a store. Without a service somebody is merely expected, and holds nobody's time.

    `at` and `minutes` are the customer's time; what it takes of a colleague or a room beyond that are its holds.
    """

    class State(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("appointment", "已预约")
        ARRIVED = "arrived", pgettext_lazy("appointment", "已到店")
        CANCELLED = "cancelled", pgettext_lazy("appointment", "已取消")
        MISSED = "missed", pgettext_lazy("appointment", "未到店")

    class Via(models.TextChoices):
        STORE = "store", _("门店")
        MEMBER = "member", _("会员自助")
        API = "api", _("小程序")
        KIOSK = "kiosk", _("店内自助屏")

    class Reason(models.TextChoices):
        CUSTOMER = "customer", _("顾客改了主意")
        STORE = "store", _("门店无法接待")
        MISTAKE = "mistake", _("登记有误")

    store = models.ForeignKey("places.Store", on_delete=models.PROTECT, related_name="+", verbose_name=_("门店"))
    customer_id = models.BigIntegerField(_("顾客"))
    at = models.DateTimeField(_("时间"))
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=30, validators=[MinValueValidator(1)])
    purpose = models.CharField(_("目的"), max_length=60, blank=True)
    service = models.SlugField(_("服务"), max_length=40, blank=True, db_index=False)
    employee = models.ForeignKey(
        "staff.Employee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("接待人"),
    )
    place = models.CharField(_("位置"), max_length=10, blank=True)
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.BOOKED)
    via = models.CharField(_("预约方式"), max_length=6, choices=Via, default=Via.STORE)
    booked_at = models.DateTimeField(_("预约时间"), null=True, blank=True)
    booked_by = models.ForeignKey(
        "staff.Employee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("登记人"),
    )
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        "staff.Employee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("结束人"),
    )
    reason = models.CharField(_("取消原因"), max_length=8, choices=Reason, blank=True)

    class Meta:
        verbose_name = _("预约")
        verbose_name_plural = pgettext_lazy("plural", "预约")
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="appointment_takes_time"),
            # One person is in one place; a slip of the phone books nobody twice.
            models.UniqueConstraint(
                fields=["customer_id", "at", "store", "service"],
                condition=Q(state="booked") & ~Q(service=""),
                name="appointment_once_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["store", "at"], name="appointment_store_time"),
            models.Index(fields=["customer_id", "-at"], name="appointment_customer_time"),
            models.Index(fields=["employee", "at"], name="appointment_person_time"),
            models.Index(fields=["at"], name="appointment_due", condition=Q(state="booked")),
        ]

    def __str__(self) -> str:
        return f"{self.purpose or self.service} {self.at:%m-%d %H:%M}"

    @property
    def ref(self) -> Ref:
        return Ref("appointment", self.pk)

    @property
    def ends_at(self) -> datetime:
        return self.at + timedelta(minutes=self.minutes)


class Hold(models.Model):
    """A quarter of an hour of somebody, or of a room, that an appointment takes.

    `tick` counts quarters of an hour since 1970. That a quarter is given once is a constraint of the database, so no
    two bookings can have it, whatever they knew of each other.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="holds")
    kind = models.CharField(_("资源"), max_length=50)
    number = models.BigIntegerField(_("编号"))
    tick = models.BigIntegerField(_("时段"))

    class Meta:
        verbose_name = _("占用")
        verbose_name_plural = pgettext_lazy("plural", "占用")
        constraints = [models.UniqueConstraint(fields=["kind", "number", "tick"], name="hold_given_once")]
        indexes = [models.Index(fields=["tick"], name="hold_tick")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} {self.tick}"


class Stop(models.Model):
    """A stop on the way an experience officer has prepared: a part of the floor, or a brand to look for there."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField(_("顺序"))
    zone = models.ForeignKey(
        "places.Zone", on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("区位")
    )
    brand = models.CharField(_("品牌"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("路线站点")
        verbose_name_plural = pgettext_lazy("plural", "路线站点")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["appointment", "position"], name="stop_once_a_place")]

    def __str__(self) -> str:
        return f"{self.position} {self.brand}"


class Reminder(models.Model):
    """That somebody was reminded: `before` is the rule's figure in seconds, `carrier` who took it to the customer."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="reminders")
    before = models.PositiveIntegerField(_("提前秒数"))
    sent_at = models.DateTimeField(_("提醒时间"))
    carrier = models.CharField(_("方式"), max_length=20)

    class Meta:
        verbose_name = _("提醒")
        verbose_name_plural = pgettext_lazy("plural", "提醒")
        constraints = [models.UniqueConstraint(fields=["appointment", "before"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.before}"
