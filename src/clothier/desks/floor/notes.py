"""The service record after a visit, as its template in the house rules asks for it."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clothier.customers.selectors import templates
from clothier.desks.shell.forms import DayInput

AFTER_VISIT = "visit"


class NoteForm(forms.Form):
    """One field per question of the template. `acknowledged` appears once the guard has pointed at something."""

    acknowledged = forms.BooleanField(label=_("确有必要，仍然保存"), required=False)

    def __init__(self, template: str = AFTER_VISIT, data: Any = None, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.template = template
        self.warned = bool(data and data.get("acknowledged"))
        language = get_language() or ""
        for question in templates()[template].fields:
            self.fields[question.key] = _field(question, language)
        self.order_fields([*(question.key for question in templates()[template].fields), "acknowledged"])

    @property
    def answers(self) -> dict[str, str]:
        told = {key: value for key, value in self.cleaned_data.items() if key != "acknowledged"}
        return {key: str(value) for key, value in told.items() if value}


def _field(question: Any, language: str) -> forms.Field:
    told: dict[str, Any] = {"label": question.label.say(language), "required": question.required}
    if question.kind == "choice":
        options = [(choice.zh, choice.say(language)) for choice in question.choices]
        return forms.ChoiceField(choices=[("", "–"), *options], **told)
    if question.kind == "date":
        return forms.DateField(widget=DayInput(), **told)
    if question.kind == "number":
        return forms.DecimalField(**told)
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), **told)
