"""A document laid out for reading: articles with facts, each rule with its owner and its reason."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import BaseModel

from clothier.desks.rulebook import words
from clothier.standards.selectors import document

_NAMES = ("name", "title", "label", "say", "text")
_CONDITIONS = ("start", "keep", "cancel", "pause", "resume", "word", "reset", "reopen", "retarget", "undo")
# What a promise's sentence has said already, and slips of the thumb, which nobody reads a manual for.
_SAID = ("within", "clock", "start", "keep", "keep_all", "undo", "show", "personal")
_ASIDE = ("key", "code", "owner", "reason", "acknowledged_by")


@dataclass
class Article:
    """A rule or a group of them; `sentence` is the rule in one breath where there is one."""

    heading: str
    key: str = ""
    sentence: str = ""
    owner: str = ""
    reason: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    parts: list["Article"] = field(default_factory=list)


def in_force(key: str) -> Article:
    """A document in force, laid out for the reader; the rules change once a month, and are read all day."""
    rules, language = document(key), get_language() or ""
    known = _laid_out.get((key, language))
    if known is None or known[0] is not rules:
        known = _laid_out[key, language] = rules, lay_out(rules)
    return known[1]


_laid_out: dict[tuple[str, str], tuple[BaseModel, Article]] = {}


def lay_out(rules: BaseModel) -> Article:
    """The whole document as one article with its parts."""
    content = rules.model_dump(mode="json", exclude_defaults=True)
    for calendar in content.get("calendars", ()):
        _name_parent(calendar, content["calendars"])
    return _article(content)


def _name_parent(calendar: dict[str, Any], others: list[dict[str, Any]]) -> None:
    """A calendar is read with its parent's name, not its code."""
    if parent := next((one for one in others if one["code"] == calendar.get("parent")), None):
        calendar["parent"] = parent["name"]


def _article(content: dict[str, Any], heading: str = "") -> Article:
    named = next((name for name in _NAMES if name in content), "")
    article = Article(
        heading=heading or (words.value(content[named]) if named else words.value(content.get("role", ""))),
        key=str(content.get("key") or content.get("code") or ""),
        owner=words.role(content["owner"]) if "owner" in content else "",
        reason=words.say(content["reason"]) if words.is_text(content.get("reason")) else "",
    )
    if "start" in content and "keep" in content:
        article.sentence = promise_sentence(content)
    said = (*_ASIDE, *_SAID) if article.sentence else _ASIDE
    for name, found in content.items():
        if name not in said and name != named:
            _place(article, name, found)
    return article


def _place(article: Article, name: str, found: Any) -> None:
    """A list of things with names becomes articles; anything else is a fact."""
    rows = found if isinstance(found, list) else []
    if rows and all(isinstance(row, dict) and not words.is_text(row) and _has_name(row) for row in rows):
        article.parts.append(Article(heading=words.field(name), parts=[_article(row) for row in rows]))
    elif name in _CONDITIONS:
        article.facts.append((words.field(name), _("；").join(condition(row) for row in rows)))
    elif name == "ladder":
        article.facts.append((words.field(name), _("；").join(rung(row) for row in rows)))
    else:
        article.facts.append((words.field(name), words.fact(name, found)))


def _has_name(row: dict[str, Any]) -> bool:
    return any(name in row for name in (*_NAMES, "role"))


def condition(content: dict[str, Any]) -> str:
    """An event with what it must say: 开立服务单（类别是投诉）."""
    said = [words.asked(name, found) for name, found in content.get("where", {}).items()]
    said += [words.asked(name, found, denied=True) for name, found in content.get("unless", {}).items()]
    text = words.event(content["event"])
    return text + _("（%(facts)s）") % {"facts": _("，").join(said)} if said else text


def rung(content: dict[str, Any]) -> str:
    people = _("、").join(words.role(role) for role in content["tell"])
    if "must" in content:
        people = f"{people}（{words.say(content['must'])}）"
    if "at" not in content:
        return _("未守住时通知%(people)s") % {"people": people}
    return _("%(time)s通知%(people)s") % {"time": words.value(content["at"]), "people": people}


def promise_sentence(content: dict[str, Any]) -> str:
    """A promise in one sentence: 顾客到店后，10 秒内迎宾（营业时间内计时）。"""
    start = _("或").join(condition(row) for row in content["start"])
    joined = _("并且") if content.get("keep_all") else _("或")
    keep = joined.join(condition(row) for row in content["keep"])
    said = {"start": start, "time": words.value(content["within"]), "keep": keep}
    said["clock"] = str(words.CLOCKS[content.get("clock", "wall")])
    return _("「%(start)s」后 %(time)s内「%(keep)s」，%(clock)s。") % said


def change(path: tuple[str, ...], before: object, after: object) -> str:
    """One difference in a sentence."""
    where = " › ".join(words.field(part) for part in path)
    if before is None:
        return _("%(where)s：新增 %(after)s") % {"where": where, "after": words.value(after)}
    if after is None:
        return _("%(where)s：删去 %(before)s") % {"where": where, "before": words.value(before)}
    said = {"where": where, "before": words.value(before), "after": words.value(after)}
    return _("%(where)s：从 %(before)s 改为 %(after)s") % said
