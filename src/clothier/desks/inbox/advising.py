"""The language guard as the composer asks it: what is underlined, what to say instead, and which steps are taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from clothier.language.contracts import Hit
from clothier.language.services import check, hints
from clothier.standards.selectors import document


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a good answer; `met` where the text shows a sign of it."""

    key: str
    name: str
    shape: str
    met: bool


def hits_in(text: str, *, complaint: bool) -> list[Hit]:
    return check(text, document("language"), complaint=complaint)


def steps_of(text: str, *, complaint: bool) -> Sequence[Step]:
    rules, language = document("language"), get_language() or "zh"
    missing = {hint.key for hint in hints(text, rules, complaint=complaint)}
    return [
        Step(one.key, one.name.say(language), one.shape.say(language), bool(text.strip()) and one.key not in missing)
        for one in (rules.complaint_steps if complaint else rules.steps)
    ]
