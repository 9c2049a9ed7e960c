"""What happens to the knowledge base: ids and codes only, never what was asked."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class ArticleWritten(Event):
    """A new version was written; it says nothing until it is published."""

    type: ClassVar[str] = "article.written"
    article_id: int
    number: int


class ArticlePublished(Event):
    """A version speaks from a moment on. `learned`: the house learned a way to ask from people (click, gap, mark)."""

    type: ClassVar[str] = "article.published"
    article_id: int
    number: int
    valid_from: str
    valid_until: str = ""
    learned: str = ""


class ArticleTakenBack(Event):
    """A publication was taken back as if it had not been; `again`: the version that speaks instead, if any."""

    type: ClassVar[str] = "article.taken_back"
    article_id: int
    number: int
    again: int | None = None


class ArticleRetired(Event):
    """The article answers no more."""

    type: ClassVar[str] = "article.retired"
    article_id: int


class GapNoted(Event):
    """A question found no answer. `first`: nobody had asked anything like it before."""

    type: ClassVar[str] = "gap.noted"
    gap_id: int
    channel: str = ""
    first: bool = False


class GapClosed(Event):
    """An editor answered it with an article, or set it aside (no article)."""

    type: ClassVar[str] = "gap.closed"
    gap_id: int
    article_id: int | None = None


class AnswerMarkedFalse(Event):
    type: ClassVar[str] = "answer.marked_false"
    mark_id: int
    article_id: int | None = None


class CandidateChosen(Event):
    """A person said which of the articles offered was meant."""

    type: ClassVar[str] = "answer.candidate_chosen"
    article_id: int
