"""Goods: styles, their colours and sizes, and how many lie in which store."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.catalog import rules
from clothier.kernel.money import Money
from clothier.kernel.words import either


class Silhouette(models.TextChoices):
    """The drawings that stand for goods until there are photos; one template each in catalog/silhouettes."""

    COAT = "coat", _("大衣")
    TRENCH = "trench", _("风衣")
    DOWN = "down", _("羽绒服")
    BLAZER = "blazer", _("西装")
    JACKET = "jacket", _("夹克")
    CARDIGAN = "cardigan", _("开衫")
    KNIT = "knit", _("毛衫")
    HOODIE = "hoodie", _("卫衣")
    SHIRT = "shirt", _("衬衫")
    POLO = "polo", _("POLO衫")
    TEE = "tee", _("T恤")
    VEST = "vest", _("马甲")
    DRESS = "dress", _("连衣裙")
    SKIRT = "skirt", _("半身裙")
    TROUSERS = "trousers", _("长裤")
    JEANS = "jeans", _("牛仔裤")
    SHORTS = "shorts", _("短裤")
    SCARF = "scarf", _("围巾")
    HAT = "hat", _("帽子")
    SOCKS = "socks", _("袜子")
    SHOES = "shoes", _("鞋")
    BAG = "bag", _("包")
    HANGER = "hanger", _("衣架")


class Fibre(models.TextChoices):
    WOOL = "wool", _("羊毛")
    CASHMERE = "cashmere", _("山羊绒")
    ALPACA = "alpaca", _("羊驼毛")
    MOHAIR = "mohair", _("马海毛")
    SILK = "silk", _("桑蚕丝")
    COTTON = "cotton", _("棉")
    LINEN = "linen", _("亚麻")
    RAMIE = "ramie", _("苎麻")
    POLYESTER = "polyester", _("聚酯纤维")
    NYLON = "nylon", _("锦纶")
    ELASTANE = "elastane", _("氨纶")
    ACRYLIC = "acrylic", _("腈纶")
    VISCOSE = "viscose", _("粘纤")
    MODAL = "modal", _("莫代尔")
    LYOCELL = "lyocell", _("莱赛尔")
    ACETATE = "acetate", _("醋酸纤维")
    LEATHER = "leather", _("皮革")
    DOWN = "down", _("羽绒")


class Care(models.TextChoices):
    WASH_30 = "wash30", _("30℃以下机洗")
    HAND_WASH = "hand", _("手洗")
    DRY_CLEAN = "dryclean", _("专业干洗")
    NO_BLEACH = "nobleach", _("不可漂白")
    FLAT_DRY = "flat", _("平铺晾干")
    SHADE_DRY = "shade", _("阴凉处悬挂晾干")
    COOL_IRON = "iron110", _("低温熨烫，垫布")
    WARM_IRON = "iron150", _("中温熨烫")
    STEAM = "steam", _("悬挂蒸汽熨烫")
    NO_TUMBLE = "notumble", _("不可翻转干燥")
    WASH_DARK = "dark", _("深浅分开洗涤")
    LAUNDRY_BAG = "bag", _("装入洗衣袋洗涤")


class Category(models.Model):
    code = models.SlugField(_("编码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名"), max_length=40, blank=True)
    silhouette = models.CharField(_("款式图"), max_length=12, choices=Silhouette, default=Silhouette.HANGER)

    class Meta:
        verbose_name = _("品类")
        verbose_name_plural = pgettext_lazy("plural", "品类")
        ordering = ["code"]

    def __str__(self) -> str:
        return spoken(self)


class Colour(models.Model):
    code = models.SlugField(_("编码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=30)
    name_en = models.CharField(_("英文名"), max_length=40, blank=True)
    swatch = models.CharField(
        _("色值"), max_length=7, default="#b8b2a7", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")]
    )

    class Meta:
        verbose_name = _("颜色")
        verbose_name_plural = pgettext_lazy("plural", "颜色")
        ordering = ["code"]

    def __str__(self) -> str:
        return spoken(self)


class Style(models.Model):
    """What a customer calls one garment: it comes in colours and sizes. Prices include tax."""

    class Gender(models.TextChoices):
        WOMEN = "women", _("女装")
        MEN = "men", _("男装")
        KIDS = "kids", _("童装")
        UNISEX = "unisex", _("男女同款")

    class Season(models.TextChoices):
        SPRING = "spring", _("春")
        SUMMER = "summer", _("夏")
        AUTUMN = "autumn", _("秋")
        WINTER = "winter", _("冬")
        ALL = "all", _("四季")

    code = models.CharField(_("款号"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名"), max_length=120, blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="styles", verbose_name=_("品类"))
    brand = models.CharField(_("品牌"), max_length=40, blank=True)
    line = models.CharField(_("系列"), max_length=40, blank=True)
    gender = models.CharField(_("人群"), max_length=6, choices=Gender, default=Gender.UNISEX)
    season = models.CharField(_("季节"), max_length=6, choices=Season, default=Season.ALL)
    year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    fabric = models.JSONField(_("成分"), default=dict, blank=True, help_text=_('各纤维的百分比，例如 {"wool": 90}'))
    care = models.JSONField(_("洗护"), default=list, blank=True)
    tags = models.JSONField(_("标签"), default=list, blank=True)
    description = models.TextField(_("介绍"), blank=True)
    description_en = models.TextField(_("英文介绍"), blank=True)
    price_fen = models.PositiveBigIntegerField(_("吊牌价（分）"))
    cost_fen = models.PositiveBigIntegerField(_("成本（分）"), null=True, blank=True)
    listed_on = models.DateField(_("上市日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("下架日期"), null=True, blank=True)
    # Everything a search may find the style by, lower case: code, names, pinyin and its initials. Kept by services.
    words = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("款式")
        verbose_name_plural = pgettext_lazy("plural", "款式")
        ordering = ["code"]
        indexes = [models.Index(fields=["category", "code"], name="style_category_code")]

    def __str__(self) -> str:
        return f"{self.code} {spoken(self)}"

    @property
    def price(self) -> Money:
        return Money(self.price_fen)

    @property
    def margin(self) -> float | None:
        """The share of the price before tax and discounts that is not cost, 0–1; None while the cost is unknown."""
        if self.cost_fen is None or not self.price_fen:
            return None
        return 1 - self.cost_fen / self.price_fen

    @property
    def display_name(self) -> str:
        return spoken(self)

    @property
    def fabric_text(self) -> str:
        """羊毛90% 山羊绒10%, most of it first, in the reader's language."""
        known = dict(Fibre.choices)
        parts = sorted(self.fabric.items(), key=lambda part: -part[1])
        part = _("%(fibre)s%(percent)d%%")
        return " ".join(part % {"fibre": known.get(fibre, fibre), "percent": percent} for fibre, percent in parts)

    @property
    def care_texts(self) -> list[str]:
        known = dict(Care.choices)
        return [str(known.get(code, code)) for code in self.care]


class Sku(models.Model):
    """One colour of a style in one size: what lies on the shelf and has a barcode."""

    style = models.ForeignKey(Style, on_delete=models.CASCADE, related_name="skus", verbose_name=_("款式"))
    colour = models.ForeignKey(Colour, on_delete=models.PROTECT, related_name="+", verbose_name=_("颜色"))
    size = models.CharField(_("尺码"), max_length=12)
    code = models.CharField(_("货号"), max_length=64, unique=True)
    barcode = models.CharField(_("条码"), max_length=32, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = "SKU"
        verbose_name_plural = "SKU"
        constraints = [models.UniqueConstraint(fields=["style", "colour", "size"], name="sku_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def size_rank(self) -> tuple[int, float, str]:
        return rules.size_rank(self.size)


class Stock(models.Model):
    """Pieces of a SKU in a store. The database itself refuses less than none."""

    store = models.ForeignKey("places.Store", on_delete=models.CASCADE, related_name="+", verbose_name=_("门店"))
    sku = models.ForeignKey(Sku, on_delete=models.CASCADE, related_name="stock", verbose_name="SKU")
    quantity = models.IntegerField(_("数量"), default=0)
    changed_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = _("库存")
        verbose_name_plural = pgettext_lazy("plural", "库存")
        constraints = [
            models.UniqueConstraint(fields=["store", "sku"], name="stock_once"),
            models.CheckConstraint(condition=models.Q(quantity__gte=0), name="stock_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.sku} × {self.quantity}"


def spoken(thing: Any) -> str:
    """The name in the reader's language, where there is one."""
    return either(thing.name, thing.name_en)
