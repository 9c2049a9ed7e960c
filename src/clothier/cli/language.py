"""The language of the terminal: CLOTHIER_LANGUAGE, else what the environment says; English where it says nothing.

Help is put together before Django is there, so these sentences are looked up with the standard library, in catalogues
of the same kind as everybody else's.
"""

import gettext as catalogues
import os
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from unicodedata import east_asian_width

CHINESE, TRADITIONAL, ENGLISH = "zh-hans", "zh-hant", "en"
_FOLDER = Path(__file__).parent / "locale"
_CATALOGUES = {ENGLISH: "en", TRADITIONAL: "zh_Hant"}


def chosen() -> str:
    """One of the product's languages, by Django's code. C and POSIX, which say nothing, are English."""
    names = ("CLOTHIER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next(filter(None, map(os.environ.get, names)), "").lower().replace("_", "-")
    if not wanted.startswith("zh"):
        return ENGLISH
    return TRADITIONAL if any(place in wanted for place in ("hant", "-tw", "-hk", "-mo")) else CHINESE


def _(text: str) -> str:
    """A sentence of this command in the terminal's language."""
    return _catalogue(chosen()).gettext(text)


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    if language not in _CATALOGUES:
        return catalogues.NullTranslations()
    return catalogues.translation("django", str(_FOLDER), languages=[_CATALOGUES[language]])


def speaking() -> AbstractContextManager[None]:
    """What the product itself says meanwhile comes in the terminal's language too."""
    from django.utils import translation

    return translation.override(chosen())


def said(sentence: str) -> str:
    """A sentence of the product, given in the language of its sources, in the terminal's."""
    from django.utils.translation import gettext

    with speaking():
        return gettext(sentence)


def width(text: str) -> int:
    """Columns a text takes on the terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def left(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    return " " * (columns - width(text)) + text
