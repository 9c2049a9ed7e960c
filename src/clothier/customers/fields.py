"""What can be known about a wardrobe and its owner."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Field:
    """A kind of fact. `single`: two values contradict each other. `vault`: only ever stored sealed."""

    key: str
    label: Any
    group: str
    single: bool = False
    vault: bool = False
    hint: Any = ""


SIZES, LIKES, NEEDS, DATES, BODY = "sizes", "likes", "needs", "dates", "body"

FIELDS = {
    field.key: field
    for field in (
        Field("size", _("尺码"), SIZES, single=True, hint=_("品类或品牌")),
        Field("fit", _("版型"), SIZES, single=True, hint=_("品类")),
        Field("colour", _("喜欢的颜色"), LIKES),
        Field("colour_avoid", _("避开的颜色"), LIKES),
        Field("style", _("风格"), LIKES),
        Field("fabric", _("喜欢的面料"), LIKES),
        Field("price_band", _("价格带"), LIKES, single=True, hint=_("品类")),
        Field("occasion", _("穿着场合"), LIKES),
        Field("sensitivity", _("面料敏感"), NEEDS),
        Field("need", _("特别需要"), NEEDS),
        Field("birthday", _("生日"), DATES, single=True, vault=True, hint=_("年-月-日或 月-日")),
        Field("date", _("重要日子"), DATES, single=True, vault=True, hint=_("什么日子")),
        Field("height", _("身高（厘米）"), BODY, single=True, vault=True),
        Field("weight", _("体重（公斤）"), BODY, single=True, vault=True),
        Field("shoulder", _("肩宽（厘米）"), BODY, single=True, vault=True),
        Field("bust", _("胸围（厘米）"), BODY, single=True, vault=True),
        Field("waist", _("腰围（厘米）"), BODY, single=True, vault=True),
        Field("hip", _("臀围（厘米）"), BODY, single=True, vault=True),
        Field("inseam", _("裤内长（厘米）"), BODY, single=True, vault=True),
        Field("foot", _("脚长（毫米）"), BODY, single=True, vault=True),
    )
}

GROUPS = {
    SIZES: _("尺码与版型"),
    LIKES: _("喜好"),
    NEEDS: _("需要留意"),
    DATES: _("重要日子"),
    BODY: _("身材数据"),
}
