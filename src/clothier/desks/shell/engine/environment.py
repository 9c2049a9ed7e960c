"""The engine that draws the house's own pages: Jinja2, with the house's words, components and translations.

The sign-in pages of allauth and the back office keep Django's engine (see templatetags/frame.py).
"""

from contextlib import suppress
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation
from jinja2 import ChainableUndefined, Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from clothier.desks.shell.engine import filters, functions


class Kept(FileSystemBytecodeCache):
    """Compiled pages in a folder; a disk that is full costs the keeping, not the page."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def environment(**options: Any) -> Environment:
    """Called once by Django for the TEMPLATES entry that names it.

    What is not there is drawn as nothing, at any depth, so that a field an object lacks costs a blank and not the page.
    Compiled pages are kept in the data folder, so that the first reader after a start does not wait for the compiler.
    """
    kept = settings.HOME / "pages"
    kept.mkdir(exist_ok=True)
    made = Environment(
        loader=options["loader"],
        auto_reload=options["auto_reload"],
        autoescape=True,
        undefined=ChainableUndefined,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=Kept(str(kept)),
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.filters.update(filters.ALL)
    made.globals.update(functions.ALL)
    made.globals["ui"] = made.get_template("ui.html").module
    return made


def _gettext(message: str) -> str:
    """A page has hundreds of sentences, and Django's look-up walks thread, language and catalogue for each."""
    return _said(translation.get_language(), message)


@lru_cache(maxsize=16_384)
def _said(_language: str | None, message: str) -> str:
    return translation.gettext(message)
