"""The questions about knowledge, by the names other packages ask them."""

from clothier.knowledge.models import Article, Version
from clothier.knowledge.selectors.answering import answer, answer_of, language_of, make_ready, trial
from clothier.knowledge.selectors.articles import (
    STATES,
    TOPICS,
    Row,
    article,
    articles,
    by_codes,
    facts_of,
    in_force,
    publication,
    publications_of,
    spoken_at,
    titles,
    version,
    versions_of,
)
from clothier.knowledge.selectors.asking import GapView, as_asked, gap, gaps, lessons, mark, marks
from clothier.knowledge.selectors.quoting import spoken
from clothier.knowledge.selectors.shelf import choices

__all__ = [
    "STATES",
    "TOPICS",
    "Article",
    "GapView",
    "Row",
    "Version",
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
    "make_ready",
    "mark",
    "marks",
    "publication",
    "publications_of",
    "spoken",
    "spoken_at",
    "titles",
    "trial",
    "version",
    "versions_of",
]
