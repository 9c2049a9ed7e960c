"""One spelling for what people type: full width, traditional characters, capitals, stray spaces."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

SPACES = re.compile(r"[ \t\u200b-\u200d\ufeff]+")
MARKS = str.maketrans("’‘“”", "''\"\"")
# 乾 is a traditional character for dry and a simplified one in names of emperors and trigrams.
DRY = re.compile("乾(?![隆坤])")


@cache
def _simplified() -> dict[int, str]:
    """Characters only traditional Chinese uses, with their simplified form (made from OpenCC's table, Apache 2.0)."""
    rows = (row.split() for row in (files("clothier.language") / "data/simplified.txt").read_text("utf-8").splitlines())
    return {ord(old): new for left, right in rows for old, new in zip(left, right, strict=True)}


def fold(text: str) -> str:
    """Like `normalise`, but one character stays one character: positions found here are positions in `text`."""
    return DRY.sub("干", "".join(map(_narrow, text)).translate(_simplified()).translate(MARKS))


def _narrow(char: str) -> str:
    narrow = unicodedata.normalize("NFKC", char).lower()
    return narrow if len(narrow) == 1 else char


def normalise(text: str) -> str:
    """Width, case, traditional to simplified, runs of spaces; emoji and line breaks stay."""
    whole = unicodedata.normalize("NFKC", text)
    return "\n".join(SPACES.sub(" ", line).strip() for line in fold(whole).splitlines())
