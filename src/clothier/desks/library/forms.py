"""What an editor fills in."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.knowledge.contracts import ArticleFacts, Audience
from clothier.knowledge.selectors import TOPICS, choices

CHANNELS = [
    ("web", pgettext_lazy("channel", "网页")),
    ("wechat", pgettext_lazy("channel", "公众号")),
    ("wecom", pgettext_lazy("channel", "企业微信")),
    ("email", pgettext_lazy("channel", "邮件")),
    ("sms", pgettext_lazy("channel", "短信")),
    ("kiosk", pgettext_lazy("channel", "自助屏")),
    ("api", pgettext_lazy("channel", "接口")),
]
AUDIENCES = [
    (Audience.CUSTOMER.value, pgettext_lazy("audience", "顾客")),
    (Audience.STAFF.value, pgettext_lazy("audience", "仅员工")),
]


class LinesField(forms.Field):
    """Sentences, one a line; a tuple once it is clean."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": 6}), **kwargs})

    def to_python(self, value: Any) -> Any:
        return tuple(line.strip()[:200] for line in str(value or "").splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(value or ())


class MomentField(forms.DateTimeField):
    """A day and time of the shop."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(**{"widget": widget, **kwargs})


class ArticleForm(forms.Form):
    question = forms.CharField(label=_("顾客会怎么问"), max_length=200)
    variants = LinesField(
        label=_("其他问法"), required=False, help_text=_("一行一种，中文英文都可以；问法越多，认得越准")
    )
    answer = forms.CharField(
        label=_("答案"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2000,
        help_text=_("引用服务规范的数字写成 {till.return_days}，改规范时答案跟着变"),
    )
    question_en = forms.CharField(label=_("英文问题"), max_length=300, required=False)
    answer_en = forms.CharField(
        label=_("英文答案"), widget=forms.Textarea(attrs={"rows": 4}), max_length=3000, required=False
    )
    topic = forms.ChoiceField(label=_("主题"), choices=TOPICS)
    audience = forms.ChoiceField(label=_("谁能看"), choices=AUDIENCES, widget=forms.RadioSelect)
    channels = forms.MultipleChoiceField(
        label=_("只在这些渠道回答"),
        choices=CHANNELS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不选，就是所有渠道"),
    )
    summary = forms.CharField(label=_("改了什么"), max_length=200, required=False)

    def facts(self) -> ArticleFacts:
        said = {key: value for key, value in self.cleaned_data.items() if key != "summary"}
        said["channels"] = tuple(said["channels"])
        return ArticleFacts(**{**said, "audience": Audience(said["audience"])})


class PublicationForm(forms.Form):
    valid_from = MomentField(label=_("从什么时候起"), required=False, help_text=_("留空，现在就生效"))
    valid_until = MomentField(
        label=_("到什么时候止"), required=False, help_text=_("留空，一直有效；有期限的到期后，恢复之前的答案")
    )

    @property
    def begins(self) -> datetime | None:
        told: datetime | None = self.cleaned_data["valid_from"]
        return told

    @property
    def ends(self) -> datetime | None:
        told: datetime | None = self.cleaned_data["valid_until"]
        return told


class WhichForm(forms.Form):
    """One of the articles that speak now."""

    article = forms.TypedChoiceField(label=_("知识条目"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, none: Any = "—", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].choices = [("", none), *choices()]  # type: ignore[attr-defined]


class MarkForm(WhichForm):
    """An answer was wrong: to which question, and which article would have been right."""

    text = forms.CharField(max_length=300, widget=forms.HiddenInput)
    wrong = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("哪里不对"), max_length=200, required=False)
    field_order = ("text", "wrong", "article", "reason")


class QuestionForm(forms.Form):
    """A question an agent was asked and found nothing for."""

    text = forms.CharField(label=_("顾客问了什么"), max_length=300)
