"""What is typed on a case. The names of the fields are those of the verbs they go to."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from clothier.cases.contracts import Holder, Kind, Severity, Topic
from clothier.cases.selectors import words
from clothier.desks.shell.forms import DayInput
from clothier.desks.till.forms import Fen
from clothier.kernel.refs import number
from clothier.standards.selectors import document

LONGEST = 5_000
HANDED_TO = {code: words.HOLDER_NAMES[code] for code in (Holder.VENDOR, Holder.CUSTOMER)}
CHANNELS = [
    ("phone", pgettext_lazy("attempt", "电话")),
    ("chat", pgettext_lazy("attempt", "会话")),
    ("sms", pgettext_lazy("attempt", "短信")),
    ("in_store", pgettext_lazy("attempt", "当面")),
    ("email", pgettext_lazy("attempt", "邮件")),
]


def area(label: Any, *, rows: int = 3, required: bool = True, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, required=required, widget=widget, **more)


def choice(label: Any, names: dict[Any, Any], *, required: bool = True, chips: bool = False) -> forms.ChoiceField:
    options = [(code, name) for code, name in names.items() if code or not required]
    options = options if required or "" in names else [("", "—"), *options]
    widget = forms.RadioSelect if chips else forms.Select
    return forms.ChoiceField(label=label, choices=options, required=required, widget=widget)


def _causes() -> list[tuple[str, Any]]:
    """The tree, its branches as groups."""
    language = get_language() or ""
    told: list[tuple[str, Any]] = [("", "—")]
    for branch in document("cases").causes:
        under = [(cause.key, cause.name.say(language)) for cause in branch.under]
        name = branch.name.say(language)
        told.append((name, [(branch.key, name), *under]) if under else (branch.key, name))
    return told


class Nothing(forms.Form):
    """A press of a button says it all."""


class TextForm(forms.Form):
    text = area(_("内容"))


class AnswerForm(forms.Form):
    """What the customer reads. `insist`: why it has to be said like this all the same."""

    text = area(_("写给顾客"), rows=4)
    insist = forms.CharField(label=_("仍要这样说的原因"), max_length=120, required=False)


class CallForm(forms.Form):
    text = area(_("说了什么"))
    reached = forms.BooleanField(label=_("接通了"), required=False, initial=True)


class WaitForm(forms.Form):
    waiting_for = choice(_("等谁"), words.WAITING_NAMES, chips=True)
    reason = area(_("为什么等"), rows=2)


class ReasonForm(forms.Form):
    reason = area(_("原因"), rows=2)


class GiveForm(forms.Form):
    form = choice(_("形式"), words.FORM_NAMES, chips=True)
    fen = Fen(label=_("金额（元）"), widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    reason = area(_("理由"), rows=2)


class AttemptForm(forms.Form):
    channel = forms.ChoiceField(label=_("怎么问的"), choices=CHANNELS, widget=forms.RadioSelect)
    text = area(_("说明"), rows=2, required=False)


class ClassForm(forms.Form):
    kind = choice(_("类型"), words.KIND_NAMES)
    topic = choice(_("主题"), words.TOPIC_NAMES)
    severity = choice(_("严重程度"), words.SEVERITY_NAMES)
    complex = forms.BooleanField(label=_("复杂，需要专员"), required=False)


class CauseForm(forms.Form):
    cause = forms.ChoiceField(label=_("原因"), choices=lazy(_causes, list))


class SignedForm(forms.Form):
    """Goods come in; who gave them signs: the name typed, and with a pen where the screen can be drawn on."""

    signature = forms.CharField(label=_("交货人签名"), max_length=20, required=False)
    drawn = forms.CharField(max_length=4_500, required=False, widget=forms.HiddenInput)
    reason = area(_("说明"), rows=2, required=False)


class HandoverForm(forms.Form):
    holder = choice(_("交给谁"), HANDED_TO, chips=True)
    vendor = forms.CharField(label=_("维修商"), max_length=60, required=False)
    due_on = forms.DateField(label=_("约定归还日"), required=False, widget=DayInput())
    reason = area(_("为什么交出"), rows=2)
    signature = forms.CharField(label=_("接收人签名"), max_length=20)
    drawn = forms.CharField(max_length=4_500, required=False, widget=forms.HiddenInput)


class LinkForm(forms.Form):
    """Another case by its number: the same matter written down twice becomes one, a like one is only named."""

    other = forms.CharField(
        label=_("另一张服务单"), max_length=12, widget=forms.TextInput(attrs={"placeholder": "S000123"})
    )
    relation = choice(_("关系"), words.RELATION_NAMES, chips=True)

    def clean_other(self) -> int:
        told = number(self.cleaned_data["other"].strip().upper().removeprefix("S"))
        if told is None:
            raise forms.ValidationError(_("请填服务单号，例如 S000123"))
        return told


class PieceForm(forms.Form):
    """One piece: why it came back, and in which state."""

    reason = choice(_("为什么"), words.REASON_NAMES)
    tag = choice(_("吊牌"), words.TAG_NAMES, required=False)
    wear = choice(_("穿着状态"), words.WEAR_NAMES, required=False)


class OwnerForm(forms.Form):
    owner = forms.TypedChoiceField(label=_("负责人"), coerce=int)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].choices = people  # type: ignore[attr-defined]


class OpeningForm(forms.Form):
    """Kind, what it is about, how grave, and what happened; the goods are ticked beside it."""

    kind = choice(_("什么事"), words.KIND_NAMES, chips=True)
    text = area(_("怎么回事"), rows=4)
    topic = choice(_("关于什么"), words.TOPIC_NAMES, chips=True)
    severity = choice(_("多严重"), words.SEVERITY_NAMES, chips=True)
    # Of lost property: when and where, and whether it is what was found.
    found = forms.BooleanField(label=_("东西在我们这里（捡到的）"), required=False)
    day = forms.DateField(label=_("哪天"), required=False, widget=DayInput())
    place = forms.CharField(label=_("在哪里"), required=False, max_length=40)

    def __init__(self, told: Any = None, *, initial: dict[str, Any]) -> None:
        usual = {"kind": Kind.COMPLAINT, "topic": Topic.PRODUCT, "severity": Severity.MINOR}
        super().__init__(told, initial=usual | initial)
