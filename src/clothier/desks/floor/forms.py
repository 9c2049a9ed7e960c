"""What a thumb can say: everything else is a tap without a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clothier.kernel.money import MoneyError, parse_fen
from clothier.kernel.refs import number
from clothier.visits.selectors import choices

IDENTIFIERS = [("member", _("会员码")), ("phone", _("手机号")), ("plate", _("车牌"))]


class ArrivalForm(forms.Form):
    """Who came in: nobody known (a number of people), or somebody by an identifier."""

    party_size = forms.IntegerField(label=_("几位"), min_value=1, max_value=50, initial=1)
    kind = forms.ChoiceField(label=_("凭什么识别"), choices=IDENTIFIERS, required=False)
    value = forms.CharField(label=_("号码"), max_length=40, required=False)
    appointment = forms.IntegerField(required=False, widget=forms.HiddenInput)


class IdentityForm(forms.Form):
    kind = forms.ChoiceField(label=_("凭什么识别"), choices=IDENTIFIERS)
    value = forms.CharField(label=_("号码"), max_length=40)


class NeedForm(forms.Form):
    occasion = forms.CharField(max_length=10, required=False)
    wearer = forms.CharField(max_length=8, required=False)
    category = forms.CharField(max_length=40, required=False)
    budget = forms.CharField(label=_("预算"), max_length=12, required=False)

    def clean_budget(self) -> int | None:
        """Fen, or None when nothing was said."""
        text = self.cleaned_data["budget"]
        try:
            return parse_fen(text) if text else None
        except MoneyError:
            raise forms.ValidationError(_("请填金额，例如 1500")) from None


class StylesForm(forms.Form):
    styles = forms.TypedMultipleChoiceField(coerce=int, empty_value=[], error_messages={"required": _("请选择款式")})

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        told = data.getlist("styles") if hasattr(data, "getlist") else data.get("styles", [])
        self.fields["styles"].choices = [(n, n) for n in told if number(str(n)) is not None][:60]  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    outcome = forms.CharField(max_length=10)
    reason = forms.CharField(max_length=10, required=False)


class ItemForm(forms.Form):
    code = forms.CharField(label=_("货号或条码"), max_length=64)


class TaskForm(forms.Form):
    title = forms.CharField(label=_("要做什么"), max_length=120)


def budgets() -> list[tuple[str, str]]:
    """The budgets of the chips, in yuan."""
    return [("500", "¥500"), ("1000", "¥1,000"), ("2000", "¥2,000"), ("5000", "¥5,000")]


def need_choices() -> dict[str, Any]:
    told = choices()
    return {"occasions": told.occasions, "wearers": told.wearers, "budgets": budgets()}
