"""The engine that draws the house's own pages: Jinja2, with the house's words, components and translations.

The sign-in pages of allauth and the back office keep Django's engine (see templatetags/frame.py).
"""

from typing import Any

from django.conf import settings
from django.utils import translation
from jinja2 import ChainableUndefined, Environment, Template

from clothier.desks.shell.engine import filters, functions
from clothier.desks.shell.engine.spoken import Kept, Spoken
from clothier.kernel.words import said


class Environments:
    """An environment for each language, made when somebody first reads it. Named by Django's TEMPLATES entry."""

    def __init__(self, **options: Any) -> None:
        self._options = options
        self._made: dict[str, Environment] = {}

    def get_template(self, name: str) -> Template:
        return self.of(translation.get_language()).get_template(name)

    def from_string(self, source: str) -> Template:
        return self.of(translation.get_language()).from_string(source)

    def of(self, language: str | None) -> Environment:
        """The environment of a language; where none is spoken, the house's own."""
        language = language or settings.LANGUAGE_CODE
        if language not in self._made:
            self._made[language] = environment(language, **self._options)
        return self._made[language]


def environment(language: str, **options: Any) -> Environment:
    """What is not there is drawn as nothing, at any depth, so that a field an object lacks costs a blank and not the
    page.

    Compiled pages are kept in the data folder, so that the first reader after a start does not wait for the compiler.
    """
    made = Spoken(
        language,
        loader=options["loader"],
        auto_reload=options["auto_reload"],
        autoescape=True,
        undefined=ChainableUndefined,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=Kept(language),
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        said,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.filters.update(filters.ALL)
    made.globals.update(functions.ALL)
    made.globals["ui"] = made.get_template("ui.html").module
    return made
