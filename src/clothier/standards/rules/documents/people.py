"""How work is judged and learned: scorecard, training, targets."""

from typing import Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Percent, Rule, Text, no_twins


class Weight(Part):
    key: Key
    name: Text
    percent: Percent
    of: Text


class RedLine(Rule):
    """Crossing it brings the month to zero, once a review has confirmed it."""

    key: Key
    name: Text


class Behaviour(Part):
    key: Key
    name: Text
    points: int


class Medal(Part):
    key: Key
    name: Text
    measure: Key
    how: Text
    winners: int = Field(1, ge=1)


class Scorecard(Document):
    weights: tuple[Weight, ...]
    red_lines: tuple[RedLine, ...]
    behaviours: tuple[Behaviour, ...]
    appeal_days: int = Field(ge=1)
    medals: tuple[Medal, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if (total := sum(weight.percent for weight in self.weights)) != 100:
            raise ValueError(f"weights add up to {total} %, not 100 %")
        no_twins(medal.key for medal in self.medals)
        return self


class Course(Part):
    key: Key
    name: Text
    audience: str
    how: Text


class Certificate(Part):
    key: Key
    name: Text
    valid_months: int = Field(ge=1)
    gates: tuple[str, ...] = ()


class Training(Document):
    hours: int = Field(ge=1)
    practical_hours: int = Field(ge=0)
    courses: tuple[Course, ...]
    certificates: tuple[Certificate, ...]

    @model_validator(mode="after")
    def _practice_within_the_whole(self) -> Self:
        if self.practical_hours > self.hours:
            raise ValueError("practical hours are part of all hours")
        return self


class Target(Rule):
    """A figure the chain is held to, in percent; shown next to others so that nobody games one of them."""

    key: Key
    name: Text
    at_least: Percent | None = None
    stretch: Percent | None = None


class Targets(Document):
    targets: tuple[Target, ...]

    def find(self, key: str) -> Target | None:
        return next((target for target in self.targets if target.key == key), None)
