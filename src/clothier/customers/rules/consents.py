"""Where a person stands, from everything its records ever said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """One thing said: by which record, about what, yes or no, when, and for which records it spoke."""

    id: int
    record: int
    key: Key
    granted: bool
    said_at: datetime
    said_for: frozenset[int]


def standing(words: Iterable[Word]) -> dict[Key, Word]:
    """The word that counts for each key: the last of each record, and among records the strictest.

    A later yes said for the whole person lifts an older no of any record it spoke for; a yes of a record that was
    joined afterwards does not.
    """
    last: dict[tuple[Key, int], Word] = {}
    for word in sorted(words, key=_order):
        last[word.key, word.record] = word
    by_key: dict[Key, list[Word]] = {}
    for (key, _), word in last.items():
        by_key.setdefault(key, []).append(word)
    return {key: _strictest(said) for key, said in by_key.items()}


def _strictest(said: list[Word]) -> Word:
    refusals = [word for word in said if not word.granted and not _lifted(word, said)]
    return max(refusals or [word for word in said if word.granted], key=_order)


def _lifted(refusal: Word, said: list[Word]) -> bool:
    return any(word.granted and refusal.record in word.said_for and _order(word) > _order(refusal) for word in said)


def _order(word: Word) -> tuple[datetime, int]:
    return word.said_at, word.id
