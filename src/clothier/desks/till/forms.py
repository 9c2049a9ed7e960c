"""What is typed at a till. Money is written in yuan and becomes fen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clothier.kernel.money import MoneyError, parse_fen

MOST = 10_000_000_00


class Fen(forms.CharField):
    """An amount of money in yuan, as fen; nothing typed is None."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=16, **more)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            fen = parse_fen(text)
        except MoneyError:
            raise forms.ValidationError(_("请填金额，例如 199.5")) from None
        if not 0 <= fen <= MOST:
            raise forms.ValidationError(_("金额要在 0 和 1000 万元之间"))
        return fen


class ScanForm(forms.Form):
    code = forms.CharField(label=_("货号或条码"), max_length=64)
    quantity = forms.IntegerField(label=_("件数"), min_value=1, max_value=200, required=False)


class QuantityForm(forms.Form):
    quantity = forms.IntegerField(label=_("件数"), min_value=0, max_value=200)
    reason = forms.CharField(label=_("原因"), max_length=20, required=False)


class PriceForm(forms.Form):
    price = Fen(label=_("改后单价"))
    reason = forms.CharField(label=_("原因"), max_length=20)


class MemberForm(forms.Form):
    code = forms.CharField(label=_("会员码或手机号"), max_length=60)


class PointsForm(forms.Form):
    points = forms.IntegerField(label=_("用多少积分"), min_value=0, max_value=100_000_000)


class CouponForm(forms.Form):
    code = forms.CharField(label=_("券码"), max_length=40, required=False)
    coupon = forms.IntegerField(required=False)


class CashForm(forms.Form):
    tendered = Fen(label=_("收到现金"))
    amount = Fen(label=_("只付一部分"), required=False)


class PaymentForm(forms.Form):
    method = forms.CharField(max_length=12)
    code = forms.CharField(label=_("付款码"), max_length=40, required=False)
    amount = Fen(label=_("只付一部分"), required=False)
    months = forms.IntegerField(label=_("期数"), min_value=0, max_value=36, required=False)


class TransferForm(forms.Form):
    attempt = forms.IntegerField()
    reference = forms.CharField(label=_("银行回单号"), max_length=64)


class InvoiceForm(forms.Form):
    kind = forms.ChoiceField(label=_("开给"), choices=[("personal", _("个人")), ("company", _("单位"))])
    title = forms.CharField(label=_("发票抬头"), max_length=100)
    tax_number = forms.CharField(label=_("税号（单位必填）"), max_length=20, required=False)
    email = forms.EmailField(label=_("收票邮箱"), max_length=120, required=False)


class ReturnForm(forms.Form):
    """Pieces by line, as `pieces_12=1`, and why they come back."""

    reason = forms.CharField(label=_("原因"), max_length=10)

    def pieces(self) -> dict[int, int]:
        """Pieces by line; what is no number counts as none."""
        told: dict[int, int] = {}
        for name, value in self.data.items():
            line = name.removeprefix("pieces_")
            if line != name and line.isdecimal() and str(value).isdecimal() and len(line) < 19 and len(str(value)) < 5:
                told[int(line)] = int(str(value))
        return {line: pieces for line, pieces in told.items() if pieces}
