"""Forms of the customer pages; a verb's refusal lands next to the field it names."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clothier.customers.selectors import choices, tag_said, tags_in_use, templates
from clothier.desks.shell.forms import DayInput


class RegisterForm(forms.Form):
    """A new customer at the counter: a name or a way to find them again."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    title = forms.ChoiceField(label=_("称呼"), required=False, choices=choices.TITLES)
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False)
    verified = forms.BooleanField(label=_("已用短信验证码核对本人"), required=False)
    member = forms.CharField(label=_("会员号"), max_length=40, required=False)


class NameForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=60)
    title = forms.ChoiceField(label=_("称呼"), required=False, choices=choices.TITLES)


class IdentifierForm(forms.Form):
    kind = forms.ChoiceField(label=_("类型"), choices=choices.IDENTIFIER_KINDS)
    value = forms.CharField(label=_("号码或账号"), max_length=80)
    verified = forms.BooleanField(label=_("已核对为本人所有"), required=False)


class FactWords(forms.Form):
    """One thing the associate learnt. Measurements and dates go to the vault by themselves."""

    field = forms.ChoiceField(label=_("内容"), choices=choices.facts)
    qualifier = forms.CharField(
        label=_("品类、品牌或说明"), max_length=40, required=False, help_text=_("例如：大衣、纪念日")
    )
    value = forms.CharField(label=_("值"), max_length=80)


class WornBy(forms.Form):
    wearer = forms.TypedChoiceField(label=_("谁穿"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, wearers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wearer"].choices = [("", _("本人")), *wearers]  # type: ignore[attr-defined]


class FactForm(WornBy, FactWords):
    """As it comes back."""


class CorrectionForm(forms.Form):
    value = forms.CharField(label=_("正确的内容"), max_length=80)


class WearerForm(forms.Form):
    relation = forms.ChoiceField(label=_("关系"), choices=choices.RELATIONS)
    name = forms.CharField(
        label=_("称呼"), max_length=20, required=False, help_text=_("孩子的名字需要监护人另外同意；只写关系则不需要。")
    )


class TagForm(forms.Form):
    tag = forms.TypedChoiceField(label=_("标签"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].choices = [(tag.pk, tag_said(tag)) for tag in tags_in_use()]  # type: ignore[attr-defined]


class TagWordsForm(forms.Form):
    """A word of the vocabulary."""

    name = forms.CharField(label=_("名称"), max_length=20)
    name_en = forms.CharField(label=_("英文名"), max_length=40, required=False, help_text=_("英文界面上显示。"))
    days = forms.IntegerField(
        label=_("有效天数"), required=False, min_value=1, max_value=3650, help_text=_("到期自动去掉；不填就一直有效。")
    )


class ConsentForm(forms.Form):
    """A yes, with the notice it was given on and how we know."""

    purpose = forms.ChoiceField(label=_("目的"), choices=choices.PURPOSES)
    channel = forms.ChoiceField(label=_("渠道"), choices=choices.CHANNELS)
    data_class = forms.ChoiceField(label=_("数据类别"), choices=choices.DATA_CLASSES)
    notice_version = forms.CharField(label=_("告知书版本"), max_length=20)
    proof = forms.CharField(label=_("凭证"), max_length=80, help_text=_("例如：签字单号、短信验证码、小程序勾选"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=120)


class PurposeForm(forms.Form):
    purpose = forms.CharField(label=_("查看目的"), max_length=60)


class MergeForm(forms.Form):
    other = forms.IntegerField(label=_("另一条记录的编号"), min_value=1)


class NoteForm(forms.Form):
    """The fields of one template of the house rules."""

    def __init__(self, *args: Any, template: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        for field in templates()[template].fields:
            made = _note_field(field, language)
            self.fields[f"a-{field.key}"] = made

    def answers(self) -> dict[str, str]:
        return {name[2:]: str(value or "") for name, value in self.cleaned_data.items()}


def _note_field(field: Any, language: str) -> forms.Field:
    label = field.label.say(language)
    if field.kind == "choice":
        options = [("", "—"), *((option.zh, option.say(language)) for option in field.choices)]
        return forms.ChoiceField(label=label, choices=options, required=field.required)
    if field.kind == "date":
        widget = DayInput()
        return forms.DateField(label=label, required=field.required, widget=widget)
    if field.kind == "number":
        return forms.DecimalField(label=label, required=field.required)
    return forms.CharField(
        label=label, required=field.required, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
