"""Cadences: promises that the calendar starts."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Rule, Text, no_twins
from clothier.standards.rules.documents.promises import Condition, Step


class Every(StrEnum):
    OPENING_DAY = "opening_day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Scope(StrEnum):
    STORE = "store"
    CHAIN = "chain"


class Cadence(Rule):
    """Something due once in every period, in each store or for the chain.

    Due at the period's end; an opening-day cadence is due `minutes` after the store opens. Kept by a tick on its own
    page (cadence.completed) or by any event named here.
    """

    key: Key
    name: Text
    every: Every
    scope: Scope = Scope.STORE
    minutes: int = Field(0, ge=0, le=1440)
    keep: tuple[Condition, ...] = ()
    ladder: tuple[Step, ...] = ()


class Cadences(Document):
    cadences: tuple[Cadence, ...]

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        no_twins(cadence.key for cadence in self.cadences)
        return self
