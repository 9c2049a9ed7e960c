"""Forms look alike everywhere, and a refusal lands next to its field."""

from functools import lru_cache
from typing import Any

from django.forms import BaseForm, DateInput, Select
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from clothier.kernel.errors import Refused


class Renderer(TemplatesSetting):
    """Draws {{ form }} and {{ form.name.as_field_group }} with the house's field component."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


def refuse(form: BaseForm, refused: Refused) -> None:
    """Put a verb's refusal on the field it names, or on top of the form."""
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, refused.message)


class DayInput(DateInput):
    """A day in the browser's own picker, which reads ISO days and no other: not those of the reader's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LongSelect(Select):
    """A field with a hundred choices, which are put together once for all fields that offer the same."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        mark = f'value="{escape(value or "")}"'
        options = mark_safe(_options(tuple(self.choices)).replace(f"{mark}>", f"{mark} selected>", 1))  # noqa: S308
        given = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, given, options)


@lru_cache(maxsize=16)
def _options(choices: tuple[tuple[str, str], ...]) -> SafeString:
    return format_html_join("\n", '<option value="{}">{}</option>', choices)
