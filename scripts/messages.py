#!/usr/bin/env python3
"""Extract, generate and compile the translations of one app or of all: scripts/messages.py [customers desks/floor …]

Chinese (simplified) is the language of the sources; English is written by hand in locale/en; traditional Chinese is
generated with OpenCC, so nobody edits it. Needs gettext, polib and opencc (requirements/dev.in); run from the root.
"""

import os
import subprocess
import sys
from pathlib import Path

import polib
from opencc import OpenCC

ROOT = Path(__file__).resolve().parent.parent / "src" / "clothier"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT.parent), "DJANGO_SETTINGS_MODULE": "clothier.config.settings"}
ENVIRONMENT.setdefault("CLOTHIER_HOME", str(ROOT.parents[1] / ".clothier"))
TO_TRADITIONAL = OpenCC("s2twp").convert


def apps() -> list[Path]:
    return sorted(path.parent for path in ROOT.rglob("apps.py"))


def extract(app: Path) -> None:
    (app / "locale").mkdir(exist_ok=True)
    # -P: an app's own selectors.py must not hide the standard library's.
    command = [sys.executable, "-P", "-m", "django", "makemessages", "--no-location", "--no-obsolete", "--no-wrap"]
    subprocess.run(
        [*command, "-l", "en", "-l", "zh_Hant"], cwd=app, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT
    )


def finish(path: Path, *, generated: bool) -> None:
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header, catalogue.metadata_is_fuzzy = "", False
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
    catalogue.metadata["Plural-Forms"] = "nplurals=1; plural=0;" if generated else "nplurals=2; plural=(n != 1);"
    for entry in catalogue:
        entry.previous_msgid = None
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
    chosen = [ROOT / name for name in sys.argv[1:]] or apps()
    for app in chosen:
        extract(app)
        for language in ("en", "zh_Hant"):
            path = app / "locale" / language / "LC_MESSAGES" / "django.po"
            if path.exists():
                finish(path, generated=language == "zh_Hant")


if __name__ == "__main__":
    main()
