"""Chinese is the language of the sources; English is complete and says it in the field's words; nothing is fuzzy."""

from pathlib import Path

import polib
import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "clothier"
CATALOGUES = sorted(SRC.rglob("django.po"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(SRC)))
def test_every_sentence_is_translated(path):
    assert [entry.msgid for entry in polib.pofile(str(path)) if not entry.translated() or "fuzzy" in entry.flags] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(SRC)))
def test_the_compiled_catalogue_is_the_written_one(path):
    assert said(polib.mofile(str(path.with_suffix(".mo")))) == said(polib.pofile(str(path)))


def said(entries: list[polib.POEntry]) -> dict[tuple[str | None, str], str]:
    return {(entry.msgctxt, entry.msgid): entry.msgstr for entry in entries if not entry.msgid_plural}


def test_a_placeholder_of_the_source_stands_in_the_translation():
    import re

    names = re.compile(r"%\((\w+)\)")
    wrong = [
        entry.msgid
        for path in CATALOGUES
        for entry in polib.pofile(str(path))
        if entry.msgstr and set(names.findall(entry.msgid)) != set(names.findall(entry.msgstr))
    ]
    assert wrong == []


def test_a_sentence_has_one_translation_in_the_whole_house():
    """Catalogues are merged, so of two translations one is shown in both places; a context keeps them apart.

    The command line's own is not: it is read before Django is there.
    """
    found: dict[tuple[str | None, str], set[str]] = {}
    for path in CATALOGUES:
        if path.parts[-3] == "en" and "cli" not in path.relative_to(SRC).parts:
            for entry in polib.pofile(str(path)):
                said = entry.msgstr or str(entry.msgstr_plural)
                found.setdefault((entry.msgctxt, entry.msgid), set()).add(said)
    assert {key: said for key, said in found.items() if len(said) > 1} == {}
