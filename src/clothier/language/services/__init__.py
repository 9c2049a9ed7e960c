"""The text tools for the packages above: plain functions, no database, nothing loaded before it is needed."""

from clothier.language.retrieval.encoding import encode
from clothier.language.retrieval.index import Index
from clothier.language.rules.guard import check, hints
from clothier.language.rules.kinds import suggest_kind
from clothier.language.rules.matters import matters
from clothier.language.rules.moods import mood
from clothier.language.rules.normalising import fold, normalise
from clothier.language.rules.segmenting import search_words, words
from clothier.language.rules.traditional import in_traditional, leaning

__all__ = [
    "Index",
    "check",
    "encode",
    "fold",
    "hints",
    "in_traditional",
    "leaning",
    "matters",
    "mood",
    "normalise",
    "search_words",
    "suggest_kind",
    "words",
]
