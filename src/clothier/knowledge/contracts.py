"""What other packages see of an answer. Plain Python."""

from dataclasses import dataclass, replace
from enum import StrEnum

from clothier.language.contracts import Verdict as Verdict


class Audience(StrEnum):
    """Who may read an article: customers (and staff), or staff alone."""

    CUSTOMER = "customer"
    STAFF = "staff"


class Learned(StrEnum):
    """Why the library found out that it was wrong or lacked something."""

    CLICK = "click"
    GAP = "gap"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer stands on: the article, the version that was in force, its question as a title."""

    article: int
    version: int
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may be meant."""

    article: int
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is filled when the kind is sure, in `language`: zh, zh-hant or en.

    A message of two matters has two sources, and both are in the text. `score` and `margin` are the index's.
    """

    kind: Verdict
    article: int | None = None
    text: str = ""
    sources: tuple[Source, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    score: float = 0.0
    margin: float = 0.0
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What an editor writes. `variants` are other ways to ask the same, one language or several."""

    question: str
    answer: str
    question_en: str = ""
    answer_en: str = ""
    variants: tuple[str, ...] = ()
    topic: str = "other"
    audience: Audience = Audience.CUSTOMER
    channels: tuple[str, ...] = ()

    def with_variants(self, variants: tuple[str, ...]) -> "ArticleFacts":
        return replace(self, variants=variants)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question whose answer was wrong once. `expected` is the right article's key; None: nothing should be said."""

    mark: int
    text: str
    expected: str | None
    wrong: str | None = None
