"""Blind boxes: what may be won, the seed committed to, and every draw."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.refs import Ref
from clothier.kernel.words import either
from clothier.rewards.models.coupons import Coupon
from clothier.rewards.models.templates import Template


class Box(models.Model):
    """A period of draws. `seed_hash` is published when it opens, `seed` when it has closed; until then the seed is only
    in `safe`, encrypted with the key beside it. Nothing but the budget changes once it is open.
    """

    code = models.SlugField(_("编码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名"), max_length=60, blank=True)
    stores = models.JSONField(_("适用门店"), default=list, blank=True)
    bought_only = models.BooleanField(_("购买后才能抽"), default=False)
    opens_at = models.DateTimeField(_("开始"))
    closes_at = models.DateTimeField(_("结束"))
    budget_fen = models.PositiveBigIntegerField(_("预算（分）"))
    spent_fen = models.PositiveBigIntegerField(_("已用预算（分）"), default=0)
    draws = models.PositiveIntegerField(_("已抽次数"), default=0)
    seed_hash = models.CharField(_("种子的哈希"), max_length=64, blank=True)
    seed = models.CharField(_("种子"), max_length=64, blank=True)
    safe = models.TextField(editable=False, blank=True)
    safe_key = models.BinaryField(editable=False, null=True)
    created_at = models.DateTimeField(_("创建时间"))
    opened_at = models.DateTimeField(_("公布时间"), null=True)
    opened_by = models.BigIntegerField(_("公布人"), null=True)
    revealed_at = models.DateTimeField(_("揭晓时间"), null=True)

    class Meta:
        verbose_name = _("盲盒")
        verbose_name_plural = _("盲盒")
        constraints = [
            models.CheckConstraint(condition=Q(spent_fen__lte=F("budget_fen")), name="box_within_budget"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="box_opens_before_it_closes"),
        ]

    def __str__(self) -> str:
        return either(self.name, self.name_en)


class Prize(models.Model):
    """What a ticket may win: `weight` of 10 000 tickets. `cost_fen` is what one takes of the budget."""

    class Kind(models.TextChoices):
        COUPON = "coupon", pgettext_lazy("prize", "优惠券")
        POINTS = "points", pgettext_lazy("prize", "积分")
        GOODS = "goods", pgettext_lazy("prize", "实物")

    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="prizes", verbose_name=_("盲盒"))
    place = models.PositiveSmallIntegerField(_("次序"))
    kind = models.CharField(_("类型"), max_length=6, choices=Kind)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名"), max_length=60, blank=True)
    template = models.ForeignKey(
        Template, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("券模板")
    )
    points = models.PositiveIntegerField(_("积分"), default=0)
    weight = models.PositiveIntegerField(_("概率（万分之）"))
    cost_fen = models.PositiveBigIntegerField(_("成本（分）"), default=0)
    stock = models.PositiveIntegerField(_("数量"), null=True, blank=True)
    given = models.PositiveIntegerField(_("已送出"), default=0)

    class Meta:
        verbose_name = _("奖品")
        verbose_name_plural = _("奖品")
        ordering = ["box", "place"]
        constraints = [
            models.UniqueConstraint(fields=["box", "place"], name="prize_place_once"),
            models.CheckConstraint(condition=Q(stock=None) | Q(given__lte=F("stock")), name="prize_not_over_given"),
        ]

    def __str__(self) -> str:
        return either(self.name, self.name_en)


class Draw(models.Model):
    """One draw, once a visit. `prize` is what the ticket won; `fallback`: that was gone, points were given instead.

    `code` is shown to whoever drew: with it a stranger claims points, and goods are handed over.
    """

    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="rows", verbose_name=_("盲盒"))
    nth = models.PositiveIntegerField(_("第几次"))
    choice = models.PositiveSmallIntegerField(_("选的盒子"))
    ticket = models.PositiveIntegerField(_("签号"))
    prize = models.ForeignKey(Prize, on_delete=models.PROTECT, related_name="draws", verbose_name=_("奖品"))
    fallback = models.BooleanField(_("改送保底奖"), default=False)
    points = models.PositiveIntegerField(_("积分"), default=0)
    coupon = models.ForeignKey(
        Coupon, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("优惠券")
    )
    visit_id = models.BigIntegerField(_("到店"), unique=True)
    store_id = models.BigIntegerField(_("门店"))
    customer_id = models.BigIntegerField(_("顾客"), null=True)
    actor_id = models.BigIntegerField(_("员工"), null=True)
    code = models.CharField(_("领奖码"), max_length=12, unique=True)
    drawn_at = models.DateTimeField(_("时间"))
    claimed_at = models.DateTimeField(_("领取时间"), null=True)
    claimed_by = models.BigIntegerField(_("发放人"), null=True)

    class Meta:
        verbose_name = _("盲盒抽取")
        verbose_name_plural = _("盲盒抽取")
        constraints = [models.UniqueConstraint(fields=["box", "nth"], name="draw_nth_once")]
        indexes = [
            models.Index(fields=["customer_id"], name="draw_customer", condition=Q(customer_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.box} #{self.nth}"

    @property
    def ref(self) -> Ref:
        return Ref("draw", self.pk)
