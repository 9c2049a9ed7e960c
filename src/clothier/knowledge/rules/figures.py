"""House rules inside answers: {till.return_days}, {loyalty.tiers.gold.spend}, {promises.promises.invoice.within}.

An answer that quotes a rule changes with the rule, instead of being forgotten.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

_PLACE = re.compile(r"\{([a-z_]+(?:\.[a-z0-9_]+)+)\}")
_LENGTH = re.compile(r"(\d+)(s|min|h|d)")
_UNITS = {
    "zh": {"s": " 秒", "min": " 分钟", "h": " 小时", "d": " 天"},
    "en": {"s": " seconds", "min": " minutes", "h": " hours", "d": " days"},
}
# A document's content as plain values, by its key; None where there is no such document.
Documents = Callable[[str], Mapping[str, Any] | None]


def places(text: str) -> list[str]:
    """The rules a text quotes, in order."""
    return _PLACE.findall(text)


def value(path: str, documents: Documents) -> Any:
    """What stands at a path. A list is entered by the key of one of its rules. Raises KeyError where nothing stands."""
    key, *steps = path.split(".")
    found: Any = documents(key)
    for step in steps:
        if isinstance(found, list):
            found = next((item for item in found if isinstance(item, dict) and item.get("key") == step), None)
        else:
            found = found.get(step) if isinstance(found, dict) else None
    if found is None or isinstance(found, list):
        raise KeyError(path)
    return found


def filled(text: str, language: str, documents: Documents) -> str:
    """The text with every rule it quotes in the words of a language. Raises KeyError for a rule that is not there."""
    return _PLACE.sub(lambda place: _said(value(place[1], documents), language), text)


def _said(what: Any, language: str) -> str:
    units = _UNITS["en" if language.startswith("en") else "zh"]
    if isinstance(what, dict):
        return str(what.get(language[:2]) or what.get("zh", ""))
    return _LENGTH.sub(lambda part: part[1] + units[part[2]], str(what)) if _LENGTH.fullmatch(str(what)) else str(what)
