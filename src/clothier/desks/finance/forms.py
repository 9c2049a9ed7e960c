"""What the finance desk asks: counts, files, decisions."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.desks.finance.words import provider_word
from clothier.desks.shell.forms import DayInput
from clothier.kernel.money import MoneyError, parse_fen
from clothier.settlement.contracts import DENOMINATIONS, MOST_PIECES
from clothier.settlement.selectors import Decision, providers


class MoneyField(forms.CharField):
    """An amount in yuan as people write it; fen once it is clean."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        if not written:
            return None
        try:
            return parse_fen(written)
        except MoneyError:
            raise forms.ValidationError(_("请填写金额，例如 500 或 12.50")) from None


class OpeningForm(forms.Form):
    float = MoneyField(label=_("备用金（元）"))


class CountForm(forms.Form):
    """So many of each note and coin; nobody is told what should be there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fen in DENOMINATIONS:
            self.fields[f"pieces_{fen}"] = forms.IntegerField(
                label=f"¥{fen // 100}" if fen >= 100 else f"¥{fen / 100:.1f}",
                required=False,
                min_value=0,
                max_value=MOST_PIECES,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0", "data-fen": fen}),
            )

    def pieces(self) -> dict[int, int]:
        return {fen: self.cleaned_data[f"pieces_{fen}"] or 0 for fen in DENOMINATIONS}


class CashForm(forms.Form):
    direction = forms.ChoiceField(
        label=_("方向"), choices=[("out", _("取出（存银行、保险柜）")), ("in", _("放入（换零钱）"))]
    )
    amount = MoneyField(label=_("金额（元）"))
    reason = forms.CharField(label=_("事由"), max_length=200)

    def fen(self) -> int:
        amount = int(self.cleaned_data["amount"])
        return amount if self.cleaned_data["direction"] == "in" else -amount


class ClosingForm(forms.Form):
    reason = forms.CharField(label=_("差异原因"), max_length=200, required=False)


class TillForm(forms.Form):
    code = forms.SlugField(label=_("编码"), max_length=20, help_text=_("字母和数字，例如 t1"))
    name = forms.CharField(label=_("名称"), max_length=40)


class DayForm(forms.Form):
    note = forms.CharField(label=_("备注"), max_length=200, required=False)


class StatementForm(forms.Form):
    provider = forms.ChoiceField(label=pgettext_lazy("payment", "支付渠道"))
    file = forms.FileField(
        label=_("账单文件"),
        help_text=_("从商户平台下载的日账单，CSV 或 ZIP，原样上传，不要用表格软件另存。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.zip,.gz,.txt"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = [(name, provider_word(name)) for name in providers()]  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    date = forms.DateField(label=_("账单日期"), widget=DayInput())
    replace = forms.BooleanField(label=_("这是更正后的文件，替换已有账单"), required=False)


class DecisionForm(forms.Form):
    reason = forms.ChoiceField(label=_("处理方式"), choices=Decision.Reason.choices)
    note = forms.CharField(label=_("说明"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class RemarkForm(forms.Form):
    text = forms.CharField(label=_("备注"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class LedgerForm(forms.Form):
    first = forms.DateField(label=_("从"), widget=DayInput())
    last = forms.DateField(label=_("到"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if isinstance(first, date) and isinstance(last, date) and first > last:
            self.add_error("last", _("结束日期早于开始日期"))
        return told
