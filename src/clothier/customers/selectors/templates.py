"""Templates of service records and the words of the guard, from the house rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clothier.customers.rules import sensitive
from clothier.standards.contracts import Notes, NoteTemplate
from clothier.standards.selectors import document


@dataclass(frozen=True, slots=True)
class SensitivePlace:
    """A place in a text with what to do about it; `grave` ones are not stored at all."""

    kind: str
    name: str
    start: int
    end: int
    words: str
    advice: str
    grave: bool


def templates() -> dict[str, NoteTemplate]:
    return {template.key: template for template in document("notes").templates}


def warnings(text: str) -> list[SensitivePlace]:
    """What does not belong into a free text, place by place, with the house rules' advice."""
    notes = document("notes")
    words = {rule.key: rule.words for rule in notes.sensitive}
    told = _advice(notes)
    found = sensitive.findings(text, words)
    return [_warning(text, finding, *told.get(finding.kind, told[""])) for finding in found]


def _warning(text: str, finding: sensitive.Finding, name: str, advice: str) -> SensitivePlace:
    return SensitivePlace(
        kind=finding.kind,
        name=name,
        start=finding.start,
        end=finding.end,
        words=text[finding.start : finding.end],
        advice=advice,
        grave=finding.grave,
    )


def _advice(notes: Notes) -> Mapping[str, tuple[str, str]]:
    """Name and advice by rule and by pattern; patterns no rule mentions get the first rule's."""
    language = get_language() or ""
    told: dict[str, tuple[str, str]] = {"": (_("敏感信息"), _("与服务无关，请不要记。"))}
    for rule in notes.sensitive:
        said = rule.name.say(language), rule.advice.say(language)
        told[rule.key] = said
        told |= dict.fromkeys(rule.patterns, said)
    if sensitive.PHONE in told:
        told |= dict.fromkeys((sensitive.WECHAT, sensitive.PLATE, sensitive.ADDRESS), told[sensitive.PHONE])
    return told
