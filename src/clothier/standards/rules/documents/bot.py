"""The bot: when it answers, when it hands over to a person, and every sentence it says of its own."""

from typing import Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Percent, Text


class Words(Part):
    """Words by which something is recognised, by language."""

    zh: tuple[str, ...] = Field(min_length=1)
    en: tuple[str, ...] = ()


class Courtesy(Part):
    """A message that is nothing but one of these words is answered with a sentence."""

    signs: tuple[str, ...] = Field(min_length=1)
    say: Text


class Bot(Document):
    """`misses`: answers in a row that did not help before a person is asked for. `anger`: percent of certainty.

    `candidates`: how many articles are offered below the margin. `clicks_to_learn`: people who must choose the same
    article for a question before the library learns it. `person`: words that ask for a person.
    """

    misses: int = Field(ge=1)
    anger: Percent
    candidates: int = Field(ge=1, le=5)
    clicks_to_learn: int = Field(ge=1)
    vip_tiers: tuple[Key, ...] = ()
    person: Words
    greeting: Courtesy
    thanks: Courtesy
    unsure: Text
    none: Text
    asked: Text
    missed: Text
    angry: Text
    vip: Text
    away: Text

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if "{when}" not in self.away.zh or (self.away.en and "{when}" not in self.away.en):
            raise ValueError("away says {when} a person answers")
        return self
