"""What an operator says of a campaign, and what a colleague says of a gift of points."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.desks.shell.forms import DayInput
from clothier.kernel.access import Viewer
from clothier.kernel.money import MoneyError, parse_fen
from clothier.loyalty.contracts import AtLeast, CampaignRule, Condition, MonthDays, Reason, Stores, Tiers, Weekdays
from clothier.loyalty.selectors import REASON_NAMES
from clothier.places.selectors import stores_for
from clothier.standards.selectors import document

WEEKDAYS = [
    (1, _("周一")), (2, _("周二")), (3, _("周三")), (4, _("周四")), (5, _("周五")), (6, _("周六")), (7, _("周日")),
]  # fmt: skip
BY_HAND = (Reason.GOODWILL, Reason.BIRTHDAY, Reason.ACTIVITY, Reason.CORRECTION)


class CampaignForm(forms.Form):
    """Days are the chain's own; the last day is the campaign's too."""

    name = forms.CharField(label=pgettext_lazy("campaign", "活动名称"), max_length=40)
    name_en = forms.CharField(label=_("英文名称"), max_length=60, required=False)
    times = forms.DecimalField(
        label=_("积分倍数"), min_value=Decimal("1.1"), max_value=10, decimal_places=1, initial=2,
        help_text=_("平时的几倍；几个活动同时有效时取最高的一个"),
    )  # fmt: skip
    starts = forms.DateField(label=_("开始日期"), widget=DayInput())
    ends = forms.DateField(label=_("最后一天"), widget=DayInput())
    weekdays = forms.TypedMultipleChoiceField(
        label=_("只在周几"), choices=WEEKDAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    month_days = forms.CharField(label=_("只在每月几号"), required=False, max_length=60, help_text=_("例如 8、18、28"))
    least = forms.CharField(label=_("每单至少（元）"), required=False, max_length=12)
    tiers = forms.MultipleChoiceField(label=_("只限等级"), required=False, widget=forms.CheckboxSelectMultiple)
    stores = forms.TypedMultipleChoiceField(label=_("只限门店"), coerce=int, required=False)

    def __init__(self, viewer: Viewer, *args: Any, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tiers = [(tier.key, tier.name.say(language)) for tier in document("loyalty").tiers]
        self.fields["tiers"].choices = tiers  # type: ignore[attr-defined]
        stores = [(store.pk, store.name) for store in stores_for(viewer).order_by("code")]
        self.fields["stores"].choices = stores  # type: ignore[attr-defined]

    def clean_month_days(self) -> tuple[int, ...]:
        text = self.cleaned_data["month_days"]
        days = [part for part in text.replace("、", ",").replace("，", ",").replace(" ", ",").split(",") if part]
        if not all(day.isdecimal() and 1 <= int(day) <= 31 for day in days):
            raise forms.ValidationError(_("请填 1 到 31 的日子，用逗号隔开"))
        return tuple(sorted({int(day) for day in days}))

    def clean_least(self) -> int:
        text = self.cleaned_data["least"]
        try:
            fen = parse_fen(text) if text else 0
        except MoneyError:
            raise forms.ValidationError(_("请填金额，例如 500")) from None
        if fen < 0:
            raise forms.ValidationError(_("请填金额，例如 500"))
        return fen

    def rule(self) -> CampaignRule:
        said = self.cleaned_data
        told: list[tuple[bool, Any]] = [
            (bool(said["weekdays"]), lambda: Weekdays(days=tuple(said["weekdays"]))),
            (bool(said["month_days"]), lambda: MonthDays(days=said["month_days"])),
            (bool(said["least"]), lambda: AtLeast(fen=said["least"])),
            (bool(said["tiers"]), lambda: Tiers(tiers=tuple(said["tiers"]))),
            (bool(said["stores"]), lambda: Stores(stores=tuple(said["stores"]))),
        ]
        conditions: list[Condition] = [make() for wanted, make in told if wanted]
        return CampaignRule(percent=int(said["times"] * 100), conditions=tuple(conditions))

    def times_of_day(self) -> tuple[datetime, datetime]:
        """From the first midnight to the one after the last day."""
        zone = timezone.get_default_timezone()
        first, last = self.cleaned_data["starts"], self.cleaned_data["ends"] + timedelta(days=1)
        return (
            datetime(first.year, first.month, first.day, tzinfo=zone),
            datetime(last.year, last.month, last.day, tzinfo=zone),
        )


class GrantForm(forms.Form):
    points = forms.IntegerField(label=_("积分"), min_value=1, max_value=1_000_000)
    reason = forms.ChoiceField(label=_("原因"), choices=[(reason.value, REASON_NAMES[reason]) for reason in BY_HAND])
    reference = forms.CharField(label=_("依据单号"), max_length=40, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
