"""People who work here: sign-in, person, role and scope, and shifts."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.access import STAFF, Role

ROLE_NAMES = {
    Role.ASSOCIATE: _("导购"),
    Role.AGENT: _("客服"),
    Role.MANAGER: _("店长"),
    Role.MALL: _("商场运营"),
    Role.OPERATOR: _("运营"),
    Role.ADMIN: _("管理员"),
}


class User(AbstractUser):
    """A sign-in. Who the person is and what they may see hangs on the employee."""

    language = models.CharField(_("界面语言"), max_length=10, blank=True)
    # Set while the password is one that somebody else knows: it opens nothing but the page to change it, and not later.
    one_time_until = models.DateTimeField(_("一次性密码有效期至"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("登录账号")
        verbose_name_plural = pgettext_lazy("plural", "登录账号")


class Employee(models.Model):
    """One person on the payroll, with one role. Where they may act is their scopes; head office sees the chain."""

    number = models.SlugField(_("工号"), max_length=20, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("登录账号"))
    role = models.CharField(_("角色"), max_length=12, choices=[(r, ROLE_NAMES[r]) for r in Role if r in STAFF])
    home_store = models.ForeignKey(
        "places.Store",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所属门店"),
    )
    skills = models.JSONField(_("技能"), default=list, blank=True)
    hired_on = models.DateField(_("入职日期"), null=True, blank=True)
    left_on = models.DateField(_("离职日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("员工")
        verbose_name_plural = pgettext_lazy("plural", "员工")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class Scope(models.Model):
    """A store or a whole region in which an employee's role holds, besides the home store."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="scopes", verbose_name=_("员工"))
    store = models.ForeignKey(
        "places.Store",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("门店"),
    )
    region = models.ForeignKey(
        "places.Region",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("区域"),
    )

    class Meta:
        verbose_name = _("管辖范围")
        verbose_name_plural = _("管辖范围")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(store__isnull=True) ^ models.Q(region__isnull=True),
                name="scope_store_or_region",
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee} → {self.store or self.region}"


class Shift(models.Model):
    """A stretch of work in one store at one post, perhaps in one zone."""

    class Post(models.TextChoices):
        GREETER = "greeter", pgettext_lazy("post", "迎宾")
        ASSOCIATE = "associate", _("导购")
        CASHIER = "cashier", _("收银")
        LEAD = "lead", _("值班主管")
        AGENT = "agent", _("客服")

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="shifts", verbose_name=_("员工"))
    store = models.ForeignKey("places.Store", on_delete=models.CASCADE, related_name="+", verbose_name=_("门店"))
    zone = models.ForeignKey(
        "places.Zone",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("区位"),
    )
    post = models.CharField(_("岗位"), max_length=10, choices=Post, default=Post.ASSOCIATE)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))

    class Meta:
        verbose_name = _("班次")
        verbose_name_plural = pgettext_lazy("plural", "班次")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_start"
            ),
            models.UniqueConstraint(fields=["employee", "store", "post", "starts_at"], name="shift_once"),
        ]
        indexes = [
            models.Index(fields=["store", "starts_at", "ends_at"], name="shift_store_time"),
            models.Index(fields=["employee", "starts_at"], name="shift_person_time"),
        ]

    def __str__(self) -> str:
        return f"{self.employee} {self.get_post_display()}"
