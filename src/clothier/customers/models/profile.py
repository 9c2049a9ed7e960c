"""The prepared row that pages read, and the facts it is counted from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clothier.customers.models.people import Customer


class Encounter(models.Model):
    """A purchase, return, visit or fitting in the figures a profile needs; once per order, visit or fitting."""

    class Kind(models.TextChoices):
        PURCHASE = "purchase", _("购买")
        RETURN = "return", _("退货")
        VISIT = "visit", _("到店")
        FITTING = "fitting", _("试穿")

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="encounters", db_index=False, verbose_name=_("顾客")
    )
    kind = models.CharField(_("类型"), max_length=8, choices=Kind)
    ref_id = models.BigIntegerField(_("单号"))
    store_id = models.BigIntegerField(_("门店"), null=True)
    occurred_at = models.DateTimeField(_("时间"))
    items = models.PositiveIntegerField(_("件数"), default=0)
    spend_fen = models.BigIntegerField(_("金额（分）"), default=0)
    margin_fen = models.BigIntegerField(_("毛利（分）"), default=0)

    class Meta:
        verbose_name = _("往来")
        verbose_name_plural = _("往来")
        constraints = [models.UniqueConstraint(fields=["ref_id", "kind"], name="encounter_once")]
        indexes = [models.Index(fields=["customer", "kind", "-occurred_at"], name="encounter_customer")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref_id}"


class Profile(models.Model):
    """One row per record; the row of a person's oldest record is `live` and speaks for all of them.

    Sums are fen; returns count against spend and margin. `window_*` are the sums of the value layers' window, which was
    `window_seconds` long when they were counted. Days are the shop's, as date's ordinal: several purchases on one day
    are one purchase to the models of repeat purchase, and what the first day brought is not repeated.
    """

    customer = models.OneToOneField(Customer, on_delete=models.PROTECT, primary_key=True, verbose_name=_("顾客"))
    live = models.BooleanField(default=True)
    layer = models.CharField(_("价值分层"), max_length=40, blank=True)
    layer_since = models.DateTimeField(null=True)
    next_layer_change_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(_("登记时间"))
    store_id = models.BigIntegerField(_("最近门店"), null=True)
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    orders = models.PositiveIntegerField(_("购买次数"), default=0)
    returns = models.PositiveIntegerField(_("退货次数"), default=0)
    items = models.PositiveIntegerField(_("购买件数"), default=0)
    visits = models.PositiveIntegerField(_("到店次数"), default=0)
    fittings = models.PositiveIntegerField(_("试穿次数"), default=0)
    spend_fen = models.BigIntegerField(_("累计消费（分）"), default=0)
    margin_fen = models.BigIntegerField(_("累计毛利（分）"), default=0)
    window_orders = models.IntegerField(_("近一年购买次数"), default=0)
    window_spend_fen = models.BigIntegerField(_("近一年消费（分）"), default=0)
    window_margin_fen = models.BigIntegerField(_("近一年毛利（分）"), default=0)
    window_oldest_at = models.DateTimeField(null=True)
    window_seconds = models.IntegerField(default=365 * 86_400)
    purchase_days = models.PositiveIntegerField(_("购买天数"), default=0)
    first_day = models.PositiveIntegerField(null=True)
    last_day = models.PositiveIntegerField(null=True)
    first_day_fen = models.BigIntegerField(default=0)
    repeat_fen = models.BigIntegerField(_("复购金额（分）"), default=0)
    first_purchase_at = models.DateTimeField(_("首次购买"), null=True)
    last_purchase_at = models.DateTimeField(_("最近购买"), null=True)
    last_visit_at = models.DateTimeField(_("最近到店"), null=True)
    expected_purchases_90d = models.FloatField(_("90 天内预计购买次数"), null=True)
    p_alive = models.FloatField(_("仍活跃的概率"), null=True)
    lifetime_value_fen = models.BigIntegerField(_("预计终身价值（分）"), null=True)
    predicted_at = models.DateTimeField(_("预测时间"), null=True)

    class Meta:
        verbose_name = _("顾客档案")
        verbose_name_plural = _("顾客档案")
        indexes = [
            models.Index(fields=["next_layer_change_at"], name="profile_layer_due", condition=Q(live=True)),
            models.Index(fields=["layer", "customer"], name="profile_layer", condition=Q(live=True)),
            models.Index(fields=["last_purchase_at"], name="profile_last_purchase", condition=Q(live=True)),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.layer}"


class Relayering(models.Model):
    """Everybody is placed anew from a moment on, because the house rules change then; `reached` is the last id placed.

    Not a million due dates: those would be lost to whoever buys before the rules change, and cost a million writes.
    """

    at = models.DateTimeField()
    reached = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("重新分层")
        verbose_name_plural = _("重新分层")

    def __str__(self) -> str:
        return f"{self.at} {self.reached}"
