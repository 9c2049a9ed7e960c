"""Where customers are: regions, malls, stores and the zones in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.words import either


class Region(models.Model):
    name = models.CharField(_("名称"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("区域")
        verbose_name_plural = pgettext_lazy("plural", "区域")

    def __str__(self) -> str:
        return self.name


class Store(models.Model):
    """A shop of the chain; `calendar` names the calendar its opening hours come from."""

    class Kind(models.TextChoices):
        FLAGSHIP = "flagship", _("商场旗舰店")
        STREET = "street", _("街边店")
        ONLINE = "online", _("线上店")

    code = models.SlugField(_("门店编码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名"), max_length=60, blank=True)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind, default=Kind.STREET)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, verbose_name=_("区域"))
    mall = models.CharField(_("所在商场"), max_length=60, blank=True)
    city = models.CharField(_("城市"), max_length=40)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    zone_info = models.CharField(_("时区"), max_length=40, default="Asia/Shanghai")
    calendar = models.SlugField(_("营业日历"), max_length=40, default="store")
    opened_on = models.DateField(_("开业日期"), null=True, blank=True)
    closed_on = models.DateField(_("闭店日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("门店")
        verbose_name_plural = pgettext_lazy("plural", "门店")
        ordering = ["code"]

    def __str__(self) -> str:
        return either(self.name, self.name_en)


class Zone(models.Model):
    """A part of a store's floor that staff answer for."""

    class Kind(models.TextChoices):
        ENTRANCE = "entrance", _("入口")
        GOODS = "goods", _("货区")
        FITTING = "fitting", _("试衣间")
        TILL = "till", _("收银台")
        REST = "rest", _("休息区")

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="zones", verbose_name=_("门店"))
    code = models.SlugField(_("编码"), max_length=20)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名"), max_length=40, blank=True)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind, default=Kind.GOODS)
    # The outline on the floor map: [[x, y], …] in centimetres from the store's north-west corner.
    outline = models.JSONField(_("轮廓"), default=list, blank=True)

    class Meta:
        verbose_name = _("区位")
        verbose_name_plural = pgettext_lazy("plural", "区位")
        constraints = [models.UniqueConstraint(fields=["store", "code"], name="zone_code_once_a_store")]
        ordering = ["store_id", "code"]

    def __str__(self) -> str:
        return either(self.name, self.name_en)
