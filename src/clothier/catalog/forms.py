"""Styles as people write them: prices in yuan, the fabric as on the label, tags between commas."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminTextInputWidget,
)

from clothier.catalog import rules
from clothier.catalog.models import Care, Fibre, Style


class StyleForm(forms.ModelForm):  # type: ignore[type-arg]
    price = forms.DecimalField(
        label=_("吊牌价（元）"), min_value=0, max_digits=10, decimal_places=2, widget=UnfoldAdminDecimalFieldWidget
    )
    cost = forms.DecimalField(
        label=_("成本（元）"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
        widget=UnfoldAdminDecimalFieldWidget,
    )
    label = forms.CharField(
        label=_("成分"), required=False, help_text=_("例如：羊毛90% 羊绒10%"), widget=UnfoldAdminTextInputWidget
    )
    care = forms.MultipleChoiceField(
        label=_("洗护"), choices=Care.choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    words_of_tags = forms.CharField(
        label=_("标签"), required=False, help_text=_("用顿号或逗号分开"), widget=UnfoldAdminTextInputWidget
    )

    class Meta:
        model = Style
        exclude = ("fabric", "tags", "price_fen", "cost_fen", "words")  # noqa: DJ006 - replaced by the fields above

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style = self.instance
        if style.pk:
            self.initial.update(
                {
                    "price": Decimal(style.price_fen) / 100,
                    "cost": None if style.cost_fen is None else Decimal(style.cost_fen) / 100,
                    "label": " ".join(f"{dict(Fibre.choices).get(f, f)}{n}%" for f, n in style.fabric.items()),
                    "words_of_tags": "、".join(style.tags),
                }
            )

    def clean_label(self) -> dict[str, int]:
        text = self.cleaned_data["label"]
        fabric = rules.parse_fabric(text)
        if text.strip() and not fabric:
            raise forms.ValidationError(_("请按“羊毛90% 羊绒10%”的格式填写。"))
        if sum(fabric.values()) > 100:
            raise forms.ValidationError(_("成分合计超过了100%。"))
        return fabric

    def clean_words_of_tags(self) -> list[str]:
        text = self.cleaned_data["words_of_tags"].replace("、", ",").replace("\uff0c", ",")
        return [word.strip() for word in text.split(",") if word.strip()]

    def save(self, commit: bool = True) -> Style:
        data, style = self.cleaned_data, self.instance
        style.price_fen = int(data["price"] * 100)
        style.cost_fen = None if data["cost"] is None else int(data["cost"] * 100)
        style.fabric, style.tags = data["label"], data["words_of_tags"]
        saved: Style = super().save(commit)
        return saved
