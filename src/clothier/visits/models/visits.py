"""A visit and the steps taken in it. Customers, styles and articles are referred to by number: visits outlive them."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.refs import Ref
from clothier.visits import rules


class Visit(models.Model):
    """Somebody, or a party, in a store. Open until `left_at`; one open visit per known customer and store."""

    class Via(models.TextChoices):
        GREETER = "greeter", _("迎宾登记")
        MEMBER_CODE = "member_code", _("会员码")
        CHECK_IN = "check_in", _("小程序签到")
        APPOINTMENT = "appointment", _("预约")
        PLATE = "plate", _("车牌")
        RFID = "rfid", _("RFID 卡")
        KIOSK = "kiosk", _("自助屏")

    class Outcome(models.TextChoices):
        BOUGHT = "bought", _("已购买")
        LEFT = "left", _("未购买")
        VOID = "void", _("误登记")

    # The index by store and time serves it.
    store = models.ForeignKey(
        "places.Store", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("门店")
    )
    customer_id = models.BigIntegerField(_("顾客"), null=True, blank=True)
    via = models.CharField(_("到店方式"), max_length=12, choices=Via, default=Via.GREETER)
    party_size = models.PositiveSmallIntegerField(_("人数"), default=1, validators=[MinValueValidator(1)])
    appointment = models.OneToOneField(
        "bookings.Appointment",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="visit",
        verbose_name=_("预约"),
    )
    arrived_at = models.DateTimeField(_("到店时间"))
    left_at = models.DateTimeField(_("离店时间"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("到店")
        verbose_name_plural = _("到店")
        constraints = [
            models.UniqueConstraint(
                fields=["store", "customer_id"],
                condition=Q(left_at__isnull=True, customer_id__isnull=False),
                name="visit_open_once_a_customer",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=models.F("arrived_at")),
                name="visit_leaves_after_arriving",
            ),
        ]
        indexes = [
            models.Index(fields=["store", "arrived_at"], name="visit_here", condition=Q(left_at__isnull=True)),
            models.Index(fields=["store", "-arrived_at", "-id"], name="visit_store_time"),
            models.Index(
                fields=["customer_id", "-arrived_at"],
                name="visit_customer_time",
                condition=Q(customer_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('到店')} {self.pk}"

    @property
    def ref(self) -> Ref:
        return Ref("visit", self.pk)


class Step(models.Model):
    """One thing done for (or by) a visitor: what, when, who; perhaps taken back.

    `undone_at` without `undone_by`: replaced by an earlier one that a phone told late.
    """

    class Kind(models.TextChoices):
        ARRIVED = rules.StepKind.ARRIVED, pgettext_lazy("step", "进店")
        IDENTIFIED = rules.StepKind.IDENTIFIED, pgettext_lazy("step", "识别会员")
        GREETED = rules.StepKind.GREETED, pgettext_lazy("step", "问候")
        STOPPED = rules.StepKind.STOPPED, pgettext_lazy("step", "驻足")
        APPROACHED = rules.StepKind.APPROACHED, pgettext_lazy("step", "接待")
        NEED_RECORDED = rules.StepKind.NEED_RECORDED, pgettext_lazy("step", "记录需求")
        PROPOSED = rules.StepKind.PROPOSED, pgettext_lazy("step", "推荐")
        AID_OFFERED = rules.StepKind.AID_OFFERED, pgettext_lazy("step", "协助")
        LEFT = rules.StepKind.LEFT, pgettext_lazy("step", "送别")

    class Aid(models.TextChoices):
        BAGS = "bags", _("重物寄存")
        ELDERLY = "elderly", _("照顾老人")
        CHILDREN = "children", _("照顾孩子")
        MOBILITY = "mobility", _("行动不便")
        OTHER = "other", _("其他协助")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="steps", verbose_name=_("到店"))
    kind = models.CharField(_("步骤"), max_length=16, choices=Kind)
    at = models.DateTimeField(_("时间"))
    recorded_at = models.DateTimeField(_("记录时间"))
    # Nobody asks for all steps of an employee, and every tap would pay for an index.
    by = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("员工")
    )
    zone = models.ForeignKey(
        "places.Zone", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False, verbose_name=_("区位")
    )
    detail = models.CharField(_("细节"), max_length=20, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)
    undone_by = models.ForeignKey(
        "staff.Employee",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("撤销人"),
    )

    class Meta:
        verbose_name = _("接待步骤")
        verbose_name_plural = _("接待步骤")
        constraints = [
            # Two thumbs at once: the database decides who was first.
            models.UniqueConstraint(
                fields=["visit", "kind"],
                condition=Q(undone_at__isnull=True, kind__in=sorted(rules.ONCE)),
                name="step_once_a_visit",
            )
        ]
        indexes = [models.Index(fields=["zone"], name="step_zone", condition=Q(zone__isnull=False))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%H:%M:%S}"

    @property
    def late(self) -> bool:
        return rules.is_late(self.at, self.recorded_at)


class Need(models.Model):
    """What the customer is looking for, as understood at one step."""

    class Occasion(models.TextChoices):
        COMMUTE = "commute", _("通勤")
        BUSINESS = "business", _("商务")
        EVERYDAY = "everyday", _("日常")
        DATE = "date", _("约会")
        WEDDING = "wedding", _("婚礼")
        PARTY = "party", _("聚会")
        TRAVEL = "travel", _("旅行")
        SPORT = "sport", _("运动")
        GIFT = "gift", _("送礼")
        LOOKING = "looking", _("随便看看")

    class Wearer(models.TextChoices):
        SELF = "self", _("自己")
        PARTNER = "partner", _("伴侣")
        CHILD = "child", _("孩子")
        PARENT = "parent", _("父母")
        FRIEND = "friend", _("朋友")

    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="need")
    occasion = models.CharField(_("场合"), max_length=10, choices=Occasion, blank=True)
    category = models.CharField(_("品类"), max_length=40, blank=True)
    wearer = models.CharField(_("穿着者"), max_length=8, choices=Wearer, blank=True)
    budget_fen = models.BigIntegerField(_("预算（分）"), null=True)

    class Meta:
        verbose_name = _("需求")
        verbose_name_plural = _("需求")

    def __str__(self) -> str:
        return " ".join(filter(None, [self.get_occasion_display(), self.category]))


class ProposedStyle(models.Model):
    """A style shown to the customer at one step."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="styles")
    style_id = models.BigIntegerField(_("款式"))

    class Meta:
        verbose_name = _("推荐款式")
        verbose_name_plural = _("推荐款式")
        constraints = [models.UniqueConstraint(fields=["step", "style_id"], name="style_proposed_once_a_step")]

    def __str__(self) -> str:
        return str(self.style_id)


class Stay(models.Model):
    """Time spent in a zone, from a sensor or an import."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="stays", verbose_name=_("到店"))
    zone = models.ForeignKey("places.Zone", on_delete=models.CASCADE, related_name="+", verbose_name=_("区位"))
    entered_at = models.DateTimeField(_("进入时间"))
    dwell_seconds = models.PositiveIntegerField(_("停留秒数"))

    class Meta:
        verbose_name = _("停留")
        verbose_name_plural = _("停留")

    def __str__(self) -> str:
        return f"{self.zone_id} {self.dwell_seconds}s"
