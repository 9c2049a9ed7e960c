"""What head office says about a coupon, a reward or a blind box."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.bookings.selectors import coming_up
from clothier.catalog.selectors import category_names, sku_by_barcode
from clothier.customers.selectors import segments_for
from clothier.desks.membership.rewards.fields import MomentField, WordsField, YuanField
from clothier.kernel.access import Viewer
from clothier.places.selectors import stores_for
from clothier.rewards.contracts import CouponKind, Goods, Terms
from clothier.rewards.selectors import items_on_sale, open_templates
from clothier.rewards.services import ItemFacts, PrizeFacts, TemplateFacts

KINDS = [
    (CouponKind.AMOUNT.value, pgettext_lazy("coupon", "减金额")),
    (CouponKind.PERCENT.value, pgettext_lazy("coupon", "打折扣")),
    (CouponKind.GIFT.value, pgettext_lazy("coupon", "送赠品")),
]


class TemplateForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=40)
    name_en = forms.CharField(label=_("英文名"), max_length=60, required=False)
    code = forms.SlugField(label=_("编码"), max_length=40, help_text=_("给程序和报表用，例如 autumn-50"))
    kind = forms.ChoiceField(label=_("类型"), choices=KINDS, widget=forms.RadioSelect, initial="amount")
    amount = YuanField(label=_("减多少钱"), required=False)
    percent = forms.IntegerField(
        label=_("减百分之几"), min_value=1, max_value=100, required=False, help_text=_("八五折写 15")
    )
    gift = forms.CharField(label=_("赠品的条码或货号"), max_length=64, required=False)
    threshold = YuanField(label=_("满多少可用"), required=False)
    most = YuanField(label=_("最多减"), required=False, help_text=_("给折扣封顶；断网可用的折扣券必须封顶"))
    categories = forms.MultipleChoiceField(label=_("只限这些品类"), required=False, widget=forms.CheckboxSelectMultiple)
    brands = WordsField(label=_("只限这些品牌"), required=False, help_text=_("用逗号隔开；留空不限"))
    not_styles = WordsField(label=_("不含这些款号"), required=False)
    full_price = forms.BooleanField(label=_("只限正价商品"), required=False)
    stores = forms.TypedMultipleChoiceField(
        label=_("只限这些门店"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    stacking = forms.SlugField(
        label=_("叠加组"), max_length=20, required=False, help_text=_("同组的券一单只用一张；写 alone 则不与任何券同用")
    )
    limit_total = forms.IntegerField(label=_("总量"), min_value=1, required=False)
    limit_customer = forms.IntegerField(label=_("每人限领"), min_value=1, required=False, initial=1)
    limit_day = forms.IntegerField(label=_("每日限发"), min_value=1, required=False)
    budget = YuanField(label=_("预算"), required=False, help_text=_("减到这个数为止"))
    valid_days = forms.IntegerField(label=_("领取后有效天数"), min_value=0, max_value=3650, required=False, initial=30)
    valid_from = MomentField(label=_("生效时间"), required=False)
    valid_until = MomentField(label=_("失效"), required=False)
    offline = forms.BooleanField(label=_("断网可用"), required=False)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = sorted(category_names().items())  # type: ignore[attr-defined]
        rows = stores_for(viewer).order_by("code")
        self.fields["stores"].choices = [(row.pk, str(row)) for row in rows]  # type: ignore[attr-defined]

    def clean_gift(self) -> int | None:
        code = self.cleaned_data["gift"]
        sku = sku_by_barcode(code) if code else None
        if code and sku is None:
            raise forms.ValidationError(_("没有这个条码或货号"))
        return sku.pk if sku else None

    def facts(self) -> TemplateFacts:
        said = self.cleaned_data
        kind = CouponKind(said["kind"])
        value = {CouponKind.AMOUNT: said["amount"], CouponKind.PERCENT: said["percent"]}.get(kind)
        return TemplateFacts(
            code=said["code"],
            name=said["name"],
            name_en=said["name_en"],
            kind=kind,
            value=value or 0,
            threshold_fen=said["threshold"] or 0,
            most_fen=said["most"],
            goods=Goods(
                categories=frozenset(said["categories"]),
                brands=frozenset(said["brands"]),
                not_styles=frozenset(said["not_styles"]),
                full_price=said["full_price"],
            ),
            stores=tuple(said["stores"]),
            stacking=said["stacking"],
            gift_sku=said["gift"] if kind is CouponKind.GIFT else None,
            limit_total=said["limit_total"],
            limit_customer=said["limit_customer"],
            limit_day=said["limit_day"],
            budget_fen=said["budget"],
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            valid_days=said["valid_days"],
            offline=said["offline"],
        )


def said_of(template: Any) -> dict[str, Any]:
    """A draft as the form shows it."""
    terms: Terms = template.terms
    same = ("code", "name", "name_en", "kind", "stacking", "limit_total", "limit_customer", "limit_day", "stores")
    times = ("valid_from", "valid_until", "valid_days", "offline")
    return {
        **{name: getattr(template, name) for name in (*same, *times)},
        "amount": template.value if terms.kind is CouponKind.AMOUNT else None,
        "percent": template.value if terms.kind is CouponKind.PERCENT else None,
        "gift": template.gift_sku.code if template.gift_sku else "",
        "threshold": template.threshold_fen or None,
        "most": template.most_fen,
        "budget": template.budget_fen,
        "categories": sorted(terms.goods.categories),
        "brands": sorted(terms.goods.brands),
        "not_styles": sorted(terms.goods.not_styles),
        "full_price": terms.goods.full_price,
    }


class SendingForm(forms.Form):
    segment = forms.TypedChoiceField(label=pgettext_lazy("customers", "人群"), coerce=int)
    reason = forms.CharField(label=_("为什么发给他们"), max_length=120, help_text=_("公平性报告会引用这句话"))

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = segments_for(viewer)
        self.fields["segment"].choices = [(segment.pk, segment.name) for segment, *_rest in rows]  # type: ignore[attr-defined]


class SingleForm(forms.Form):
    """One coupon to one member, named by a number."""

    who = forms.CharField(label=_("会员号或手机号"), max_length=40)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=120)


class ItemForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("类型"),
        choices=[
            ("goods", pgettext_lazy("reward", "实物")),
            ("coupon", pgettext_lazy("reward", "优惠券")),
            ("parking", pgettext_lazy("reward", "停车时长")),
            ("place", pgettext_lazy("reward", "活动名额")),
        ],
        widget=forms.RadioSelect,
        initial="goods",
    )
    name = forms.CharField(label=_("名称"), max_length=40)
    name_en = forms.CharField(label=_("英文名"), max_length=60, required=False)
    note = forms.CharField(label=_("说明"), max_length=160, required=False)
    points = forms.IntegerField(
        label=_("所需积分"), min_value=1, required=False, help_text=_("停车按服务规范计算，不用填")
    )
    template = forms.TypedChoiceField(label=_("兑换哪种券"), coerce=int, required=False, empty_value=None)
    hours = forms.IntegerField(label=_("停车小时"), min_value=1, required=False)
    activity = forms.TypedChoiceField(label=_("哪场活动"), coerce=int, required=False, empty_value=None)
    stock = forms.IntegerField(label=_("数量"), min_value=1, required=False, help_text=_("留空不限"))
    limit_customer = forms.IntegerField(label=_("每人限兑"), min_value=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [("", "—"), *((row.pk, str(row)) for row in open_templates())]  # type: ignore[attr-defined]
        activities = coming_up(store=None)
        self.fields["activity"].choices = [("", "—"), *((one.id, one.title) for one in activities)]  # type: ignore[attr-defined]

    def facts(self) -> ItemFacts:
        said = self.cleaned_data
        return ItemFacts(
            kind=said["kind"],
            name=said["name"],
            name_en=said["name_en"],
            note=said["note"],
            points=said["points"] or 0,
            hours=said["hours"] or 0,
            template=said["template"],
            activity=said["activity"],
            stock=said["stock"],
            limit_customer=said["limit_customer"],
        )


class ExchangeForm(forms.Form):
    """A member's points for a thing, at the counter."""

    who = forms.CharField(label=_("会员号或手机号"), max_length=40)
    item = forms.TypedChoiceField(label=_("礼品"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for row in items_on_sale() if row.left != 0]
        self.fields["item"].choices = [(row.pk, f"{row} · {row.points}") for row in rows]  # type: ignore[attr-defined]


class MoreForm(forms.Form):
    more = forms.IntegerField(label=_("增加"), min_value=1, max_value=100_000)


class CodeForm(forms.Form):
    code = forms.CharField(label=_("领取码"), max_length=20)


class BoxForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=40)
    name_en = forms.CharField(label=_("英文名"), max_length=60, required=False)
    code = forms.SlugField(label=_("编码"), max_length=30)
    opens_at = MomentField(label=_("开始"))
    closes_at = MomentField(label=_("结束"))
    budget = YuanField(label=_("预算"))
    bought_only = forms.BooleanField(label=_("购买后才能抽"), required=False)


class PrizeForm(forms.Form):
    """A line of the odds: percent with two decimals at most, so that 10 000 tickets say it exactly."""

    name = forms.CharField(label=_("奖品"), max_length=40)
    kind = forms.ChoiceField(
        label=_("类型"),
        choices=[
            ("points", pgettext_lazy("prize", "积分")),
            ("coupon", pgettext_lazy("prize", "优惠券")),
            ("goods", pgettext_lazy("prize", "实物")),
        ],
    )
    percent = forms.DecimalField(label=_("概率 %"), min_value=0, max_value=100, decimal_places=2, max_digits=5)
    points = forms.IntegerField(label=_("积分"), min_value=0, required=False)
    template = forms.TypedChoiceField(label=_("券"), coerce=int, required=False, empty_value=None)
    cost = YuanField(label=_("成本"), required=False)
    stock = forms.IntegerField(label=_("数量"), min_value=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [("", "—"), *((row.pk, str(row)) for row in open_templates())]  # type: ignore[attr-defined]

    def facts(self) -> PrizeFacts:
        said = self.cleaned_data
        return PrizeFacts(
            kind=said["kind"],
            name=said["name"],
            weight=int(said["percent"] * 100),
            template=said["template"] if said["kind"] == "coupon" else None,
            points=said["points"] or 0,
            cost_fen=said["cost"] or 0,
            stock=said["stock"],
        )


PrizeForms = forms.formset_factory(PrizeForm, extra=3, max_num=12)
