"""Words in the reader's language, for what is drawn hundreds of times.

`get_FIELD_display` puts every word of a field's choices into that language to find one of them: half the time of a
full store's list. Django's gettext walks thread, language and catalogues for each sentence.
"""

from functools import cache, lru_cache
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.translation import get_language, gettext


def said(message: str) -> str:
    """As gettext."""
    return _said(get_language(), message)


def either(plain: str, english: str) -> str:
    """What a row says in two languages: the English where the reader reads English and there is some."""
    return english if english and (get_language() or "").startswith("en") else plain


def word(choices: type[TextChoices], code: str) -> str:
    """The code itself when it is none of the choices, as for an empty field."""
    return words(choices).get(code, code)


def words(choices: type[TextChoices]) -> dict[str, str]:
    """Every word of the choices by its code, for who asks for many."""
    return _words(choices, get_language())


def shown(row: Model, field: str) -> str:
    """What a row's field says, where the choices are the field's."""
    code: str = getattr(row, field)
    return _words_of(type(row), field, get_language()).get(code, code)


@cache
def _words(choices: type[TextChoices], language: str | None) -> dict[str, str]:
    return {code: str(name) for code, name in choices.choices}


@cache
def _words_of(model: type[Model], field: str, language: str | None) -> dict[Any, str]:
    choices: Any = model._meta.get_field(field)
    return {code: str(name) for code, name in choices.flatchoices}


@lru_cache(maxsize=16_384)
def _said(_language: str | None, message: str) -> str:
    return gettext(message)
