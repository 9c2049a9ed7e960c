"""Goods a case is about: lines of orders, and who had them when."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.cases.contracts import Holder, LineReason, Tag, Wear
from clothier.cases.models.cases import HOLDER_NAMES, Case, choices

REASON_NAMES = {
    LineReason.UNWANTED: pgettext_lazy("goods back", "不想要了"),
    LineReason.SIZE: pgettext_lazy("goods back", "尺码不合适"),
    LineReason.QUALITY: pgettext_lazy("goods back", "质量问题"),
    LineReason.WRONG: pgettext_lazy("goods back", "发错或拿错"),
    LineReason.TRANSPORT: pgettext_lazy("goods back", "运输损坏"),
    LineReason.REPAIR: pgettext_lazy("goods back", "需要维修"),
    LineReason.OTHER: pgettext_lazy("goods back", "其他"),
}
TAG_NAMES = {
    Tag.ATTACHED: pgettext_lazy("tag", "吊牌完好"),
    Tag.DETACHED: pgettext_lazy("tag", "吊牌已剪，还在"),
    Tag.MISSING: pgettext_lazy("tag", "吊牌不在"),
}
WEAR_NAMES = {
    Wear.UNWORN: pgettext_lazy("wear", "未穿"),
    Wear.WORN: pgettext_lazy("wear", "穿过"),
    Wear.WASHED: pgettext_lazy("wear", "洗过"),
    Wear.DAMAGED: pgettext_lazy("wear", "有破损"),
}


class CaseLine(models.Model):
    """Pieces of one order line: why they came back, and the state of tag and cloth. `wanted_sku` is for an exchange."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lines", verbose_name=_("服务单"))
    order_line_id = models.BigIntegerField(_("订单行"))
    sku_id = models.BigIntegerField(_("单品"), null=True)
    quantity = models.PositiveSmallIntegerField(_("件数"))
    reason = models.CharField(_("原因"), max_length=9, choices=choices(REASON_NAMES))
    tag = models.CharField(_("吊牌"), max_length=8, choices=choices(TAG_NAMES), blank=True)
    wear = models.CharField(_("穿着状态"), max_length=7, choices=choices(WEAR_NAMES), blank=True)
    wanted_sku = models.BigIntegerField(_("想换成"), null=True)

    class Meta:
        verbose_name = _("服务单商品")
        verbose_name_plural = pgettext_lazy("plural", "服务单商品")
        constraints = [models.UniqueConstraint(fields=["case", "order_line_id"], name="case_line_once")]
        indexes = [models.Index(fields=["order_line_id"], name="case_line_order_line")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.order_line_id} × {self.quantity}"


class CasePhoto(models.Model):
    """A photo of a case, or of goods on it. Its content lies sealed with the case's key beside the database."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="photos", verbose_name=_("服务单"))
    line = models.ForeignKey(
        CaseLine, on_delete=models.CASCADE, null=True, related_name="photos", verbose_name=_("商品")
    )
    media_type = models.CharField(_("格式"), max_length=60)
    size = models.PositiveIntegerField(_("大小"))
    stored = models.CharField(max_length=80)
    by_customer = models.BooleanField(_("顾客拍的"), default=False)
    at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(_("经办人"), null=True)

    class Meta:
        verbose_name = _("服务单照片")
        verbose_name_plural = pgettext_lazy("plural", "服务单照片")

    def __str__(self) -> str:
        return f"{self.case_id} #{self.pk}"


class Handover(models.Model):
    """Goods went from one to another: who took them, why, and the name they signed with, sealed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handovers", verbose_name=_("服务单"))
    holder = models.CharField(_("交给"), max_length=8, choices=choices(HOLDER_NAMES))
    taken_from = models.CharField(_("来自"), max_length=8, choices=choices(HOLDER_NAMES), default=Holder.NONE)
    vendor = models.CharField(_("维修商"), max_length=60, blank=True)
    sealed = models.TextField(_("原因"))
    sealed_signature = models.TextField(_("签名"), blank=True)
    due_on = models.DateField(_("约定归还日"), null=True)
    at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(_("经办人"), null=True)

    class Meta:
        verbose_name = _("货品交接")
        verbose_name_plural = pgettext_lazy("plural", "货品交接")

    def __str__(self) -> str:
        return f"{self.case_id} → {self.holder}"
