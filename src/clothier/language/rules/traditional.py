"""Traditional characters: whether somebody writes in them, and a text put into them."""

from functools import cache
from typing import TYPE_CHECKING

from clothier.language.rules.normalising import fold

if TYPE_CHECKING:
    from opencc import OpenCC


def leaning(text: str) -> int:
    """Above nought for traditional characters, below for simplified ones, nought for words written alike in both."""
    return _changed(text, fold(text)) - _changed(text, in_traditional(text))


def in_traditional(text: str) -> str:
    """The same words in traditional characters, as they are said in Taiwan: 面料 stays, 鼠标 becomes 滑鼠."""
    return str(_converter().convert(text))


def _changed(text: str, other: str) -> int:
    """How many Chinese characters another writing has differently."""
    return sum("\u3400" <= character <= "\u9fff" and character not in other for character in text)


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("s2twp")
