"""Forms of the rulebook. What they cannot know (a wrong line, a longer tier) the verbs and the documents say."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clothier.desks.rulebook import words
from clothier.desks.shell.forms import LongSelect
from clothier.desks.shell.words import duration
from clothier.standards.contracts import EventFacts, Faulty, seconds_of
from clothier.standards.selectors import document, event_catalogue, parsed

_KEEPS, _RUNGS = 3, 3
_FIRST = ("name_zh", "name_en", "key", "reason_zh", "reason_en", "start", "start_where", "within", "clock")
_THEN = ("cancel", "owner", "personal", "response", "repeat", "rearm")
_TIERS = ("silver", "gold", "black")


class TextForm(forms.Form):
    """A document as YAML; every fault is told with its line."""

    text = forms.CharField(
        label=_("内容"),
        widget=forms.Textarea(attrs={"rows": 32, "spellcheck": "false", "class": "rulebook__text"}),
    )
    summary = forms.CharField(label=_("改动说明"), max_length=200, required=False)

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        try:
            parsed(self.key, text)
        except Faulty as fault:
            raise forms.ValidationError(
                [gettext("第 %(line)s 行：%(what)s") % {"line": line, "what": what} for line, what in fault.faults]
            ) from None
        return text


class PublishForm(forms.Form):
    effective_at = forms.DateTimeField(
        label=_("生效时间"),
        required=False,
        help_text=_("不填就立即生效"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class StoreTargetForm(forms.Form):
    """A store's own, tighter time; an empty time takes it back."""

    store = forms.TypedChoiceField(label=_("门店"), coerce=int)
    promise = forms.ChoiceField(label=_("承诺"))
    seconds = forms.CharField(
        label=_("本店时限"), required=False, help_text=_("例如 8s、2min；只能比总部更严，不填就取消加严")
    )
    reason = forms.CharField(label=_("理由"), max_length=200, required=False)

    def __init__(self, *args: Any, stores: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"].choices = stores  # type: ignore[attr-defined]
        rules = document("promises").promises
        self.fields["promise"].choices = [  # type: ignore[attr-defined]
            (rule.key, f"{words.say(rule.name.model_dump())}（{duration(rule.within)}）") for rule in rules
        ]

    def clean_seconds(self) -> int | None:
        text = str(self.cleaned_data["seconds"]).strip()
        try:
            return seconds_of(text) if text else None
        except ValueError:
            raise forms.ValidationError(gettext("请写成 10s、3min、24h 或 7d")) from None


class _Pairs(BaseChoiceIterator):
    """Choices in pairs already: Django looks through any other list again for every field that offers it."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = list(pairs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._pairs)


class PromiseForm(forms.Form):
    """One promise without YAML. What the form does not show (pauses, reopening …) stays as the rule has it."""

    name_zh = forms.CharField(label=_("名称"), max_length=40)
    name_en = forms.CharField(label=_("英文名称"), max_length=60, required=False)
    key = forms.RegexField(
        r"^[a-z][a-z0-9_]{0,39}$",
        label=_("代号"),
        help_text=_("小写英文，例如 fitting_swap；以后不再改"),
    )
    reason_zh = forms.CharField(label=_("理由"), max_length=120, help_text=_("为什么要有这条承诺"))
    reason_en = forms.CharField(label=_("英文理由"), max_length=200, required=False)
    start = forms.ChoiceField(label=_("从哪件事开始计时"), widget=LongSelect)
    start_where = forms.CharField(label=_("仅当"), required=False, help_text=_("例如 kind=complaint，用空格分开"))
    within = forms.CharField(label=_("时限"), help_text=_("例如 10s、3min、24h、7d"))
    clock = forms.ChoiceField(label=_("计时方式"), choices=list(words.CLOCKS.items()))
    cancel = forms.ChoiceField(label=_("哪件事让它作废"), widget=LongSelect, required=False)
    owner = forms.ChoiceField(label=_("谁负责"), choices=list(words.ROLES.items()))
    personal = forms.BooleanField(label=_("由引发这件事的员工本人负责"), required=False)
    keep_all = forms.BooleanField(label=_("以上每件事都要做到"), required=False)
    repeat = forms.BooleanField(label=_("同一对象可以反复开始"), required=False)
    response = forms.BooleanField(label=_("响应类承诺（永不暂停）"), required=False)
    rearm = forms.CharField(label=_("有人接手后，多久再提醒"), required=False, help_text=_("不填就不再提醒"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = _Pairs([("", "–"), *((one.type, _label(one)) for one in event_catalogue())])
        for name in ("start", "cancel"):
            self.fields[name].choices = events  # type: ignore[attr-defined]
        for number in range(1, _KEEPS + 1):
            label = gettext("做到的标志 %(n)s") % {"n": number}
            self.fields[f"keep_{number}"] = forms.ChoiceField(
                label=label, choices=events, widget=LongSelect, required=number == 1
            )
            self.fields[f"keep_{number}_where"] = forms.CharField(label=gettext("仅当"), required=False)
        marks = [name for name in self.fields if name.startswith("keep_") and name != "keep_all"]
        self.order_fields([*_FIRST, *marks, "keep_all", *_THEN])
        for tier in _TIERS:
            label = gettext("%(tier)s会员的时限") % {"tier": _tier_name(tier)}
            self.fields[f"tier_{tier}"] = forms.CharField(label=label, required=False)
        for number in range(1, _RUNGS + 1):
            self.fields[f"rung_{number}_at"] = forms.CharField(
                label=gettext("升级 %(n)s：何时") % {"n": number}, required=False, help_text=gettext("不填就是未守住时")
            )
            self.fields[f"rung_{number}_wall"] = forms.BooleanField(
                label=gettext("升级 %(n)s：昼夜都计时") % {"n": number}, required=False
            )
            self.fields[f"rung_{number}_tell"] = forms.MultipleChoiceField(
                label=gettext("升级 %(n)s：通知谁") % {"n": number}, choices=list(words.ROLES.items()), required=False
            )

    def content(self, below: dict[str, Any]) -> dict[str, Any]:
        """The rule's content, laid over what it was before."""
        said = self.cleaned_data
        content: dict[str, Any] = {
            **below,
            "key": said["key"],
            "name": {"zh": said["name_zh"], "en": said["name_en"]},
            "reason": {"zh": said["reason_zh"], "en": said["reason_en"]},
            "owner": said["owner"],
            "within": said["within"],
            "clock": said["clock"],
            "start": _over(below.get("start"), [_condition(said["start"], said["start_where"])]),
            "keep": _over(below.get("keep"), self._keeps(), _KEEPS),
            "cancel": self._cancels(below.get("cancel", [])),
            "tier": {tier: said[f"tier_{tier}"] for tier in _TIERS if said[f"tier_{tier}"]},
            "ladder": self._rungs(below.get("ladder", [])),
        }
        content |= {name: said[name] for name in ("personal", "keep_all", "repeat", "response")}
        content["rearm"] = said["rearm"] or None
        return content

    def _cancels(self, below: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The one that is shown, with whatever it asked of its event before; the others stay."""
        said = self.cleaned_data["cancel"]
        same = [one for one in below if one["event"] == said][:1]
        return (same or ([{"event": said}] if said else [])) + below[1:]

    def _keeps(self) -> list[dict[str, Any]]:
        said, numbers = self.cleaned_data, range(1, _KEEPS + 1)
        return [_condition(said[f"keep_{n}"], said[f"keep_{n}_where"]) for n in numbers if said[f"keep_{n}"]]

    def _rungs(self, below: list[dict[str, Any]]) -> list[dict[str, Any]]:
        rungs = []
        for number in range(1, _RUNGS + 1):
            if tell := self.cleaned_data[f"rung_{number}_tell"]:
                rung: dict[str, Any] = {"tell": tell}
                if at := self.cleaned_data[f"rung_{number}_at"]:
                    rung["at"] = at
                if self.cleaned_data[f"rung_{number}_wall"]:
                    rung["wall"] = True
                if number <= len(below) and "must" in below[number - 1]:
                    rung["must"] = below[number - 1]["must"]
                rungs.append(rung)
        return rungs


def initial_of(content: dict[str, Any]) -> dict[str, Any]:
    """What the form shows of a rule."""
    shown = {name: content.get(name) for name in ("key", "within", "owner", "personal", "keep_all", "repeat")}
    shown |= {"clock": content.get("clock", "wall"), "response": content.get("response"), "rearm": content.get("rearm")}
    for name in ("name", "reason"):
        shown[f"{name}_zh"], shown[f"{name}_en"] = content[name]["zh"], content[name].get("en", "")
    shown["start"], shown["start_where"] = content["start"][0]["event"], _where(content["start"][0])
    shown["cancel"] = next((one["event"] for one in content.get("cancel", [])), "")
    for number, one in enumerate(content["keep"], start=1):
        shown[f"keep_{number}"], shown[f"keep_{number}_where"] = one["event"], _where(one)
    for tier, time in content.get("tier", {}).items():
        shown[f"tier_{tier}"] = time
    for number, one in enumerate(content.get("ladder", []), start=1):
        shown[f"rung_{number}_at"], shown[f"rung_{number}_wall"] = one.get("at", ""), one.get("wall")
        shown[f"rung_{number}_tell"] = list(one["tell"])
    return shown


def _label(one: EventFacts) -> str:
    name = f"{words.event(one.type)} · {one.type}" if one.type in words.EVENTS else one.type
    return name if one.live else gettext("%(name)s（尚未启用）") % {"name": name}


def _tier_name(key: str) -> str:
    tiers = {tier.key: tier.name for tier in document("loyalty").tiers}
    return words.say(tiers[key].model_dump()) if key in tiers else key


def _where(condition: dict[str, Any]) -> str:
    return " ".join(
        f"{name}={'|'.join(map(_plain, found)) if isinstance(found, list) else _plain(found)}"
        for name, found in condition.get("where", {}).items()
    )


def _plain(found: object) -> str:
    return str(found).lower() if isinstance(found, bool) else str(found)


def _condition(event: str, where: str) -> dict[str, Any]:
    """An event with its "field=value field=one|other"."""
    condition: dict[str, Any] = {"event": event}
    pairs = [pair.partition("=") for pair in where.split()]
    if pairs:
        condition["where"] = {name: _typed(found) for name, _sign, found in pairs}
    return condition


def _typed(found: str) -> Any:
    if "|" in found:
        return [_typed(one) for one in found.split("|")]
    if found in ("true", "false"):
        return found == "true"
    return int(found) if found.isdecimal() else found


def _over(below: list[dict[str, Any]] | None, said: list[dict[str, Any]], shown: int = 1) -> list[dict[str, Any]]:
    """Conditions as said, keeping what the form does not show: a subject template, and conditions beyond `shown`."""
    old = {one["event"]: one for one in below or []}
    laid = [{**{k: v for k, v in old.get(one["event"], {}).items() if k != "where"}, **one} for one in said]
    return laid + (below or [])[shown:]
