"""Kinds of coupons: what they promise, how many there may be, and what has come of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.words import either
from clothier.rewards.contracts import CouponKind, Goods, Terms

KIND_NAMES = {
    CouponKind.AMOUNT: _("满减券"),
    CouponKind.PERCENT: _("折扣券"),
    CouponKind.GIFT: _("赠品券"),
}


class Template(models.Model):
    """A kind of coupon. Its promise never changes once opened: another promise is another template.

    `issued` and `off_fen` are kept by conditional updates, so that the last coupon and the last fen go once; `off_fen`
    is what its coupons hold reserved or have taken off. No limit and no budget: None.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        OPEN = "open", pgettext_lazy("template", "发放中")
        CLOSED = "closed", pgettext_lazy("template", "已停发")

    code = models.SlugField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名"), max_length=60, blank=True)
    kind = models.CharField(_("类型"), max_length=8, choices=[(kind, KIND_NAMES[kind]) for kind in CouponKind])
    value = models.PositiveIntegerField(_("面值（分）或减去的百分数"), default=0)
    threshold_fen = models.PositiveBigIntegerField(_("门槛（分）"), default=0)
    most_fen = models.PositiveBigIntegerField(_("最多减（分）"), null=True, blank=True)
    goods = models.JSONField(_("适用商品"), default=dict, blank=True)
    stores = models.JSONField(_("适用门店"), default=list, blank=True)
    stacking = models.SlugField(_("叠加组"), max_length=20, blank=True)
    gift_sku = models.ForeignKey(
        "catalog.Sku", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("赠品")
    )
    limit_total = models.PositiveIntegerField(_("总量"), null=True, blank=True)
    limit_customer = models.PositiveIntegerField(_("每人限领"), null=True, blank=True)
    limit_day = models.PositiveIntegerField(_("每日限发"), null=True, blank=True)
    budget_fen = models.PositiveBigIntegerField(_("预算（分）"), null=True, blank=True)
    valid_from = models.DateTimeField(_("生效时间"), null=True, blank=True)
    valid_until = models.DateTimeField(_("失效"), null=True, blank=True)
    valid_days = models.PositiveIntegerField(_("领取后有效天数"), null=True, blank=True)
    offline = models.BooleanField(_("断网可用"), default=False)
    state = models.CharField(_("状态"), max_length=6, choices=State, default=State.DRAFT)
    issued = models.PositiveIntegerField(_("已发"), default=0)
    off_fen = models.BigIntegerField(_("已占用预算（分）"), default=0)
    created_at = models.DateTimeField(_("创建时间"))

    class Meta:
        verbose_name = _("券模板")
        verbose_name_plural = _("券模板")
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_total=None) | Q(issued__lte=F("limit_total")), name="template_not_over_issued"
            ),
            models.CheckConstraint(condition=Q(off_fen__gte=0), name="template_off_not_negative"),
        ]

    def __str__(self) -> str:
        return either(self.name, self.name_en)

    @property
    def terms(self) -> Terms:
        """What its coupons promise; the moments are each coupon's own."""
        return Terms(
            kind=CouponKind(self.kind),
            value=self.value,
            threshold_fen=self.threshold_fen,
            most_fen=self.most_fen,
            goods=Goods.read(self.goods),
            stacking=self.stacking,
            stores=frozenset(self.stores),
            gift_sku=self.gift_sku_id,
        )


class TemplateStep(models.Model):
    """Who drafted, opened or closed a template, when and why."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="steps", verbose_name=_("券模板"))
    state = models.CharField(_("状态"), max_length=6, choices=Template.State)
    at = models.DateTimeField(_("时间"))
    by_id = models.BigIntegerField(_("员工"), null=True)
    reason = models.CharField(_("原因"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("券模板变更")
        verbose_name_plural = _("券模板变更")

    def __str__(self) -> str:
        return f"{self.template_id} {self.state}"


class TemplateDay(models.Model):
    """What one day brought: coupons issued and used, fen taken off. Changed under the template's row lock."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="days", verbose_name=_("券模板"))
    day = models.DateField(_("日期"))
    issued = models.PositiveIntegerField(_("已发"), default=0)
    redeemed = models.IntegerField(_("已用"), default=0)
    off_fen = models.BigIntegerField(_("减去（分）"), default=0)

    class Meta:
        verbose_name = _("券日报")
        verbose_name_plural = _("券日报")
        constraints = [models.UniqueConstraint(fields=["template", "day"], name="template_day_once")]

    def __str__(self) -> str:
        return f"{self.template_id} {self.day}"
