"""Cases: what counts as the customer's confirmation, how long things stay open, and the tree of causes."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Text, no_twins
from clothier.standards.rules.durations import Seconds

# What a customer waits to hear of: then the link to the service card is sent.
Occasion = Literal["opened", "solution", "waiting", "goods_back", "found", "compensated", "done", "asked"]
CaseKind = Literal["complaint", "return", "exchange", "repair", "care", "inquiry", "lost"]


class Confirmation(Part):
    """Without the customer's word a case of these kinds closes only after so many attempts, each `apart` from the one
    before, and `rest` after the last.
    """

    attempts: int = Field(ge=1, le=10)
    apart: Seconds
    rest: Seconds
    kinds: tuple[CaseKind, ...] = ("complaint",)


class Cause(Part):
    """What a matter came from; finer causes lie `under` it."""

    key: Key
    name: Text
    under: tuple["Cause", ...] = ()


class Cases(Document):
    confirmation: Confirmation
    # How long after its end a customer may say that it was not settled.
    reopen_days: int = Field(ge=1, le=365)
    # How long the link to a service card opens it.
    card_days: int = Field(ge=1, le=730)
    card_sent_on: tuple[Occasion, ...] = (
        "opened", "solution", "waiting", "goods_back", "found", "compensated", "done", "asked",
    )  # fmt: skip
    # For how long a slip may be taken back.
    take_back_within: Seconds = 600
    # Goods bought at a distance may come back within so many days without a reason (消费者权益保护法 第二十五条).
    online_return_days: int = Field(ge=7, le=365)
    # The highest mark of satisfaction.
    scale: int = Field(ge=2, le=5)
    # How many other stores are looked at for a piece to swap.
    nearby: int = Field(ge=0, le=20)
    causes: tuple[Cause, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        no_twins(cause.key for _parents, cause in self.tree())
        return self

    def tree(self) -> Iterator[tuple[tuple[Cause, ...], Cause]]:
        """Every cause with those above it, each before what lies under it."""
        yield from _walk(self.causes, ())

    def causes_by_key(self) -> dict[str, tuple[Cause, ...]]:
        """The way to each cause from the top, by its key."""
        return {cause.key: (*parents, cause) for parents, cause in self.tree()}


def _walk(causes: tuple[Cause, ...], parents: tuple[Cause, ...]) -> Iterator[tuple[tuple[Cause, ...], Cause]]:
    for cause in causes:
        yield parents, cause
        yield from _walk(cause.under, (*parents, cause))
