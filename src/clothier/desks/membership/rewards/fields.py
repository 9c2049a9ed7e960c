"""Fields as people fill them in: yuan for fen, codes and categories with commas."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clothier.kernel.money import MoneyError, parse_fen

MOST = 100_000_000_00


class YuanField(forms.Field):
    """An amount in yuan ("50", "¥1,200.50"); fen once it is clean, None when it was left out."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "¥"})
        super().__init__(**{"widget": widget, **kwargs})

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            fen = parse_fen(text)
        except MoneyError:
            raise ValidationError(_("请填写金额，例如 50 或 50.00")) from None
        if not 0 <= fen <= MOST:
            raise ValidationError(_("金额超出范围"))
        return fen

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100}.{value % 100:02d}".removesuffix(".00") if isinstance(value, int) else value


class WordsField(forms.Field):
    """Several codes or words with commas between them; a list once it is clean."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        text = str(value or "").replace("，", ",").replace("、", ",")
        return [word.strip() for word in text.split(",") if word.strip()]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple | set | frozenset) else value


class MomentField(forms.DateTimeField):
    """A day and time of the shop."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(**{"widget": widget, **kwargs})
