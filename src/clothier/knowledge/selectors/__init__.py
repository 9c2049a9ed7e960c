"""The questions about knowledge, by the names other packages ask them."""

from clothier.knowledge.selectors.answering import answer, answer_of, language_of
from clothier.knowledge.selectors.articles import (
    STATES,
    Row,
    article,
    articles,
    by_codes,
    choices,
    facts_of,
    in_force,
    publications_of,
    version,
    versions_of,
)
from clothier.knowledge.selectors.asking import GapView, as_asked, gap, gaps, lessons, mark, marks
from clothier.knowledge.selectors.quoting import spoken

__all__ = [
    "STATES",
    "GapView",
    "Row",
    "answer",
    "answer_of",
    "article",
    "articles",
    "as_asked",
    "by_codes",
    "choices",
    "facts_of",
    "gap",
    "gaps",
    "in_force",
    "language_of",
    "lessons",
    "mark",
    "marks",
    "publications_of",
    "spoken",
    "version",
    "versions_of",
]
