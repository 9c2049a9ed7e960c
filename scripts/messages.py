#!/usr/bin/env python3
"""Extract, generate and compile the translations of one app or of all: scripts/messages.py [customers desks/floor …]

Chinese (simplified) is the language of the sources; English is written by hand in locale/en; traditional Chinese is
generated with OpenCC, so nobody edits it. Needs gettext, polib and opencc (requirements/dev.in); run from the root.
"""

import os
import sys
from contextlib import chdir
from pathlib import Path

import polib
from opencc import OpenCC

ROOT = Path(__file__).resolve().parent.parent / "src" / "clothier"
os.environ["DJANGO_SETTINGS_MODULE"] = "clothier.config.settings"
os.environ.setdefault("CLOTHIER_HOME", str(ROOT.parents[1] / ".clothier"))
TO_TRADITIONAL = OpenCC("s2twp").convert


def apps() -> list[Path]:
    # The command line is no app, and speaks all the same.
    return sorted([*(path.parent for path in ROOT.rglob("apps.py")), ROOT / "cli"])


def sentences(page: str, **_options: str) -> str:
    """A page's sentences as calls that gettext reads: what Django does for its own templates, for Jinja2's."""
    from django.template import engines

    calls = []
    for _line, function, said in engines["jinja2"].env.of("zh-hans").extract_translations(page):
        words = [word for word in (said if isinstance(said, tuple) else (said,)) if word is not None]
        calls.append(f"{function}({', '.join(map(repr, words))})")
    return "\n".join(calls)


def extract(app: Path) -> None:
    from django.core.management import call_command
    from django.core.management.commands import makemessages

    own = makemessages.templatize
    (app / "locale").mkdir(exist_ok=True)
    makemessages.templatize = lambda page, origin: (sentences if "jinja2" in Path(origin).parts else own)(
        page, origin=origin
    )
    try:
        with chdir(app):
            call_command(
                "makemessages", locale=["en", "zh_Hant"], no_location=True, no_obsolete=True, no_wrap=True, verbosity=0
            )
    finally:
        makemessages.templatize = own


def finish(path: Path, *, generated: bool) -> None:
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header, catalogue.metadata_is_fuzzy = "", False
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
    catalogue.metadata["Plural-Forms"] = "nplurals=1; plural=0;" if generated else "nplurals=2; plural=(n != 1);"
    for entry in catalogue:
        entry.previous_msgid = entry.previous_msgctxt = None
        if "fuzzy" in entry.flags:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
        if generated and entry.msgid_plural:
            entry.msgstr_plural = {0: TO_TRADITIONAL(entry.msgid_plural)}
        elif generated:
            entry.msgstr = TO_TRADITIONAL(entry.msgid)
    catalogue.save()
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    missing = [entry.msgid for entry in catalogue if not entry.translated()]
    if missing:
        print(f"{path.relative_to(ROOT)}: {len(missing)} without a translation, such as {missing[0]!r}")


def main() -> None:
    sys.path.insert(0, str(ROOT.parent))
    import django

    django.setup()
    chosen = [ROOT / name for name in sys.argv[1:]] or apps()
    for app in chosen:
        extract(app)
        for language in ("en", "zh_Hant"):
            path = app / "locale" / language / "LC_MESSAGES" / "django.po"
            if path.exists():
                finish(path, generated=language == "zh_Hant")


if __name__ == "__main__":
    main()
