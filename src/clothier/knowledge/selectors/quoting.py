"""House rules quoted by answers, as they stand now."""

from collections.abc import Mapping
from typing import Any

from clothier.knowledge.rules import figures
from clothier.standards.selectors import document


def rules_as_plain_values(key: str) -> Mapping[str, Any] | None:
    """A document as its editors write it: amounts with ¥, lengths with a unit. None where there is no such document."""
    try:
        return document(key).model_dump(mode="json")
    except KeyError:
        return None


def spoken(text: str, language: str) -> str:
    """An answer as it is said: rules quoted in it become their figures.

    A rule that a new version of the house rules dropped stays as it was written: the editor's page points at it.
    """
    if not figures.places(text):
        return text
    try:
        return figures.filled(text, language, rules_as_plain_values)
    except KeyError:
        return text
