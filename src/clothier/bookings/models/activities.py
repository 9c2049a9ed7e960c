"""What is on in a store, and who comes: a styling talk, a party, a workshop for parents and children."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.refs import Ref
from clothier.kernel.words import either


class Activity(models.Model):
    """In one store, or in all of them. Without a capacity everybody may come and nobody signs up.

    `taken` are the seats given; that it never passes the capacity is a constraint of the database.
    """

    class Kind(models.TextChoices):
        TALK = "talk", _("造型沙龙")
        PARTY = "party", _("主题派对")
        WORKSHOP = "workshop", _("亲子工坊")
        OTHER = "other", pgettext_lazy("activity", "其他活动")

    store = models.ForeignKey(
        "places.Store",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("门店"),
        help_text=_("留空表示所有门店"),
    )
    kind = models.CharField(_("类型"), max_length=8, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("名称"), max_length=80)
    title_en = models.CharField(_("英文名"), max_length=120, blank=True)
    about = models.CharField(_("介绍"), max_length=300, blank=True)
    about_en = models.CharField(_("英文介绍"), max_length=400, blank=True)
    place = models.CharField(_("地点"), max_length=40, blank=True)
    host = models.ForeignKey(
        "staff.Employee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("主持人"),
    )
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    capacity = models.PositiveSmallIntegerField(
        _("名额"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("留空表示不用报名")
    )
    taken = models.PositiveSmallIntegerField(_("已占名额"), default=0, editable=False)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, editable=False)
    cancelled_by = models.ForeignKey(
        "staff.Employee",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        editable=False,
        verbose_name=_("取消人"),
    )

    class Meta:
        verbose_name = _("店内活动")
        verbose_name_plural = pgettext_lazy("plural", "店内活动")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")), name="activity_never_overbooked"
            ),
        ]
        indexes = [models.Index(fields=["ends_at", "store"], name="activity_end_store")]

    def __str__(self) -> str:
        return either(self.title, self.title_en)

    @property
    def told(self) -> str:
        """What it is about, in the reader's language."""
        return either(self.about, self.about_en)

    @property
    def ref(self) -> Ref:
        return Ref("activity", self.pk)


class SignUp(models.Model):
    """A customer with so many seats, or so many wanted. Whoever waits moves up by the order of `id`."""

    class State(models.TextChoices):
        SEATED = "seated", pgettext_lazy("sign-up", "已报名")
        WAITING = "waiting", pgettext_lazy("sign-up", "候补")
        CANCELLED = "cancelled", pgettext_lazy("sign-up", "已取消")

    class Via(models.TextChoices):
        STORE = "store", _("门店")
        MEMBER = "member", _("会员自助")
        API = "api", _("小程序")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sign_ups", db_index=False)
    customer_id = models.BigIntegerField(_("顾客"))
    seats = models.PositiveSmallIntegerField(_("人数"), default=1)
    state = models.CharField(_("状态"), max_length=9, choices=State)
    via = models.CharField(_("报名方式"), max_length=6, choices=Via, default=Via.STORE)
    signed_at = models.DateTimeField(_("报名时间"))
    signed_by = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    moved_up_at = models.DateTimeField(_("补上时间"), null=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)
    cancelled_by = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    attended_at = models.DateTimeField(_("签到时间"), null=True)
    attended_by = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("报名")
        verbose_name_plural = pgettext_lazy("plural", "报名")
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="sign_up_has_seats"),
            models.UniqueConstraint(
                fields=["activity", "customer_id"], condition=~Q(state="cancelled"), name="sign_up_once"
            ),
        ]
        indexes = [
            models.Index(fields=["activity", "state", "id"], name="sign_up_order"),
            models.Index(fields=["customer_id", "-id"], name="sign_up_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.get_state_display()}"
