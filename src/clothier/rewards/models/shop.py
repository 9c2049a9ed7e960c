"""The rewards shop: what points buy, and who has got it; parking hours; birthday gifts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from clothier.kernel.refs import Ref
from clothier.kernel.words import either
from clothier.rewards.contracts import CouponState
from clothier.rewards.models.coupons import Coupon
from clothier.rewards.models.templates import Template


class Item(models.Model):
    """Something points buy. `taken` is kept by conditional updates, so that the last one goes once."""

    class Kind(models.TextChoices):
        GOODS = "goods", pgettext_lazy("reward", "实物")
        COUPON = "coupon", pgettext_lazy("reward", "优惠券")
        PARKING = "parking", pgettext_lazy("reward", "停车时长")
        PLACE = "place", pgettext_lazy("reward", "活动名额")

    kind = models.CharField(_("类型"), max_length=8, choices=Kind)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名"), max_length=60, blank=True)
    note = models.CharField(_("说明"), max_length=160, blank=True)
    note_en = models.CharField(_("英文说明"), max_length=200, blank=True)
    points = models.PositiveIntegerField(_("所需积分"))
    stock = models.PositiveIntegerField(_("数量"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("已兑"), default=0)
    limit_customer = models.PositiveIntegerField(_("每人限兑"), null=True, blank=True)
    template = models.ForeignKey(
        Template, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("券模板")
    )
    hours = models.PositiveSmallIntegerField(_("停车小时"), default=0)
    activity_id = models.BigIntegerField(_("活动编号"), null=True, blank=True)
    on_sale = models.BooleanField(_("上架"), default=True)
    created_at = models.DateTimeField(_("创建时间"))

    class Meta:
        verbose_name = _("积分商品")
        verbose_name_plural = _("积分商品")
        constraints = [
            models.CheckConstraint(condition=Q(stock=None) | Q(taken__lte=F("stock")), name="item_not_over_taken")
        ]

    def __str__(self) -> str:
        return either(self.name, self.name_en)

    def said_note(self) -> str:
        """What to say of it, in the reader's language where it is written in it."""
        return either(self.note, self.note_en)

    @property
    def left(self) -> int | None:
        return None if self.stock is None else max(self.stock - self.taken, 0)


class Exchange(models.Model):
    """Points for a thing. `code` is shown at the counter; what nobody collects goes back, and so do the points."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("exchange", "待领取")
        DONE = "done", pgettext_lazy("exchange", "已领取")
        CANCELLED = "cancelled", pgettext_lazy("exchange", "已取消")
        LAPSED = "lapsed", pgettext_lazy("exchange", "逾期退回")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="exchanges", verbose_name=_("积分商品"))
    customer_id = models.BigIntegerField(_("顾客"))
    points = models.PositiveIntegerField(_("积分"))
    code = models.CharField(_("领取码"), max_length=12, unique=True)
    key = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 - unique, or none
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.WAITING)
    coupon = models.ForeignKey(
        Coupon, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("优惠券")
    )
    sign_up_id = models.BigIntegerField(_("报名编号"), null=True)
    exchanged_at = models.DateTimeField(_("兑换时间"))
    collect_until = models.DateTimeField(_("领取截止"))
    ended_at = models.DateTimeField(_("了结时间"), null=True)
    ended_by = models.BigIntegerField(_("经手人"), null=True)
    store_id = models.BigIntegerField(_("领取门店"), null=True)

    class Meta:
        verbose_name = _("积分兑换")
        verbose_name_plural = _("积分兑换")
        indexes = [
            models.Index(fields=["customer_id", "item"], name="exchange_customer"),
            models.Index(fields=["collect_until"], name="exchange_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.code}"

    @property
    def ref(self) -> Ref:
        return Ref("reward", self.pk)

    def said(self) -> str:
        """Its state as the member reads it: what is there at once was not collected anywhere."""
        if self.state == self.State.DONE and self.item.kind != Item.Kind.GOODS:
            return pgettext("exchange", "已到账")
        return str(self.State(self.state).label)

    @property
    def undoable(self) -> bool:
        """Whether nothing of it was collected or used yet."""
        if self.state != self.State.DONE:
            return self.state == self.State.WAITING
        if self.item.kind == Item.Kind.PARKING:
            return bool(self.parking.used == 0)
        return self.sign_up_id is not None or bool(self.coupon and self.coupon.state == CouponState.OPEN)


# Called off or gone back: the points are where they came from, and nothing of it counts.
UNDONE = (Exchange.State.CANCELLED, Exchange.State.LAPSED)


class ParkingCredit(models.Model):
    """Free hours of parking, for whatever car of the customer's drives out. `used` never passes `hours`."""

    customer_id = models.BigIntegerField(_("顾客"))
    exchange = models.OneToOneField(
        Exchange, on_delete=models.PROTECT, null=True, related_name="parking", verbose_name=_("积分兑换")
    )
    reason = models.SlugField(_("发放缘由"), max_length=20)
    hours = models.PositiveSmallIntegerField(_("小时"))
    used = models.PositiveSmallIntegerField(_("已用小时"), default=0)
    granted_at = models.DateTimeField(_("发放时间"))
    valid_until = models.DateTimeField(_("失效"))

    class Meta:
        verbose_name = _("停车时长")
        verbose_name_plural = _("停车时长")
        constraints = [models.CheckConstraint(condition=Q(used__lte=F("hours")), name="parking_not_over_used")]
        indexes = [models.Index(fields=["customer_id", "valid_until"], name="parking_customer")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.hours} h"


class ParkingUse(models.Model):
    """Hours a gate let somebody off, once for each of its tickets."""

    ticket = models.CharField(_("停车票号"), max_length=80, unique=True)
    customer_id = models.BigIntegerField(_("顾客"))
    hours = models.PositiveSmallIntegerField(_("小时"))
    used_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("停车抵扣")
        verbose_name_plural = _("停车抵扣")

    def __str__(self) -> str:
        return self.ticket


class BirthdayGift(models.Model):
    """Once a year a person, whichever record was at hand: `customer_id` is the record that stands for the person."""

    customer_id = models.BigIntegerField(_("顾客"))
    year = models.PositiveSmallIntegerField(_("年份"))
    points = models.PositiveIntegerField(_("积分"), default=0)
    coupon = models.ForeignKey(
        Coupon, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("优惠券")
    )
    store_id = models.BigIntegerField(_("门店"), null=True)
    given_at = models.DateTimeField(_("发放时间"))
    given_by = models.BigIntegerField(_("发放人"), null=True)

    class Meta:
        verbose_name = _("生日礼")
        verbose_name_plural = _("生日礼")
        constraints = [models.UniqueConstraint(fields=["customer_id", "year"], name="birthday_gift_once_a_year")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.year}"
