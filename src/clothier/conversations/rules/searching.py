"""What of a text it is found by: single Chinese characters, pairs of neighbours, and whole words of other letters.

Pairs instead of words: how a sentence is cut into words depends on what stands around them, so the words of a question
are not always the words of the text (货运 within 退货运费); a pair is there or it is not.
"""

import re
from itertools import pairwise

# What Chinese is written with, rare characters of the later planes included.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_PART = re.compile(rf"([{_HAN}]+)|([a-z0-9]+)")
LONGEST = 24
# A question of more phrases, or of longer ones, is found by its first.
PHRASES, LETTERS = 5, 40


def marks(folded: str) -> set[str]:
    """Everything a folded text is found by."""
    found: set[str] = set()
    for run, word in _PART.findall(folded):
        if word:
            found.add(word[:LONGEST])
        else:
            found.update(run)
            found.update(map("".join, pairwise(run)))
    return found


def phrases(question: str) -> list[str]:
    """What must stand in the text, each as it is written; separated by spaces in the question, folded already."""
    return [part[:LETTERS] for part in question.split()[:PHRASES] if _PART.search(part)]


def wanted(phrase: str) -> set[str]:
    """The rarest marks of a phrase: pairs, where a character has a neighbour."""
    found: set[str] = set()
    for run, word in _PART.findall(phrase):
        if word:
            found.add(word[:LONGEST])
        elif len(run) == 1:
            found.add(run)
        else:
            found.update(map("".join, pairwise(run)))
    return found
