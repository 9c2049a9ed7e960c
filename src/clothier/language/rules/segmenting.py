"""Chinese into words: what full-text search indexes and what rules count."""

import re
from functools import cache
from typing import TYPE_CHECKING

from clothier.language.rules.lexicon import trade_words
from clothier.language.rules.normalising import normalise

if TYPE_CHECKING:
    import rjieba

WORD = re.compile(r"\w", re.UNICODE)


@cache
def _cutter() -> "rjieba.Jieba":
    """The dictionary with the words of the trade (运费险, 开线), made once per process at the first text."""
    import rjieba  # Reads its dictionary as it is imported: a tenth of the time in which the shop opens.

    cutter = rjieba.Jieba()
    for word in trade_words():
        cutter.add_word(word, None, None)
    return cutter


def words(text: str) -> list[str]:
    """The words of a text in order, normalised, without punctuation; an emoji or other sign is no word."""
    return [word for word in _cutter().cut(normalise(text)) if WORD.match(word)]


def search_words(text: str) -> list[str]:
    """Like `words`, and the shorter words inside long ones, so that 会员 finds 会员卡."""
    return [word for word in _cutter().cut_for_search(normalise(text)) if WORD.match(word)]
