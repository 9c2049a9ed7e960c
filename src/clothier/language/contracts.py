"""What the text tools take and give. Plain Python; no sentence is kept anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mood:
    """How a message sounds, each from 0 to 1: angry (somebody should come), negative (something is wrong)."""

    anger: float
    negative: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A forbidden expression as it stands in the text (`text[start:end] == said`) and what to say instead."""

    key: str
    start: int
    end: int
    said: str
    instead: tuple[str, ...]
    severity: str

    @property
    def stops(self) -> bool:
        """Whether the sentence may not leave without a reason."""
        return self.severity == "stop"


class Wording(Protocol):
    """Words in more than one language."""

    def say(self, language: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Hint:
    """A step of a good answer that this text has not taken."""

    key: str
    name: Wording
    shape: Wording


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a matter seems to be; a person decides. `evidence` are the words that say so, as written."""

    kind: str
    topic: str
    severity: str
    evidence: tuple[str, ...]


class Expression(Protocol):
    """A forbidden expression of the house rules."""

    @property
    def key(self) -> str: ...
    @property
    def say(self) -> str: ...
    @property
    def variants(self) -> tuple[str, ...]: ...
    @property
    def allowed(self) -> tuple[str, ...]: ...
    @property
    def instead(self) -> tuple[str, ...]: ...
    @property
    def severity(self) -> str: ...
    @property
    def alone(self) -> bool: ...
    @property
    def last(self) -> bool: ...
    @property
    def unless(self) -> tuple[str, ...]: ...


class Step(Protocol):
    """A step of a good answer in the house rules, and the words by which it is recognised."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> Wording: ...
    @property
    def shape(self) -> Wording: ...
    @property
    def signs(self) -> tuple[str, ...]: ...


class Language(Protocol):
    """The house-rules document `language`, as far as the guard reads it."""

    @property
    def forbidden(self) -> Sequence[Expression]: ...
    @property
    def steps(self) -> Sequence[Step]: ...
    @property
    def complaint_steps(self) -> Sequence[Step]: ...


class Verdict(StrEnum):
    """Sure: say it. Candidates: offer them and let the person choose. None: nothing here answers that."""

    SURE = "sure"
    CANDIDATES = "candidates"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be answered: other ways to ask it are `variants`, in any language."""

    key: str
    question: str
    variants: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score`: the estimated probability that this entry answers the question."""

    key: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Best first. `margin` is the distance of the first to the second."""

    candidates: tuple[Candidate, ...]
    margin: float
    verdict: Verdict
