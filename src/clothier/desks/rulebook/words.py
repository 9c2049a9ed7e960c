"""The house rules in people's words: events, roles, clocks and the names of a document's fields."""

import re
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from clothier.desks.rulebook.fieldnames import FIELDS
from clothier.desks.rulebook.vocabulary import ANSWERS, ASKED, CLOCKS, DAYS, EVENTS, HOLIDAYS, ROLES, STATES
from clothier.desks.shell.words import duration

__all__ = ["CLOCKS", "EVENTS", "ROLES", "STATES", "asked", "event", "fact", "field", "is_text", "role", "say", "value"]

_DURATION = re.compile(r"(\d+)(s|min|h|d)")
_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86_400}


def asked(name: str, found: Any, *, denied: bool = False) -> str:
    """What a condition asks: 步骤是进店. What nobody has put into words stays as it is written."""
    several = found if isinstance(found, list | tuple) else [found]
    said = {
        "name": str(ASKED.get(name, name)),
        "value": _("或").join(str(ANSWERS.get(str(one)) or value(one)) for one in several),
    }
    return _("%(name)s不是%(value)s") % said if denied else _("%(name)s是%(value)s") % said


def event(type_: str) -> str:
    return str(EVENTS.get(type_, type_))


def role(code: str) -> str:
    return str(ROLES.get(code, code))


def field(name: str) -> str:
    return str(FIELDS.get(name, name))


def _hours(found: dict[str, list[str]]) -> str:
    """Opening hours by day: 每天 10:00–22:00；周五 10:00–22:30."""
    spans = {day: _("、").join(one.replace("-", "–") for one in several) for day, several in found.items()}
    return _("；").join(f"{DAYS.get(day, day)} {span}" for day, span in spans.items())


def fact(name: str, found: Any) -> str:
    """What a field says, where its name decides how that is read."""
    if name in ("opening", "service") and isinstance(found, dict):
        return _hours(found)
    return str(HOLIDAYS.get(found, found)) if name == "holidays" else value(found)


def say(text: dict[str, str]) -> str:
    """A bilingual text in the reader's language."""
    english = (get_language() or "").startswith("en")
    return text.get("en") or text["zh"] if english else text["zh"]


def is_text(value: Any) -> bool:
    return isinstance(value, dict) and "zh" in value and value.keys() <= {"zh", "en"}


def value(found: Any) -> str:
    """A plain value as it is read: yes or no, a duration, a role, words."""
    if found is True or found is False:
        return pgettext("field", "是") if found else pgettext("field", "否")
    if found is None:
        return _("（无）")
    if is_text(found):
        return say(found)
    if isinstance(found, list | tuple):
        return _("、").join(value(one) for one in found)
    if isinstance(found, dict):
        return _("；").join(f"{field(name)} {fact(name, one)}" for name, one in found.items())
    text = str(found)
    if match := _DURATION.fullmatch(text):
        return duration(int(match[1]) * _UNITS[match[2]])
    return str(EVENTS.get(text) or CLOCKS.get(text) or ROLES.get(text) or text)
