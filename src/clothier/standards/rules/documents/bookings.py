"""What a customer may book, and what an activity goes by."""

from typing import Literal, Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Rule, Text, no_twins
from clothier.standards.rules.durations import Seconds

# Time is given in quarters of an hour: what begins or lasts otherwise would leave holes nobody can book.
QUARTER = 15 * 60


class Bookable(Rule):
    """A service with a time of its own.

    `needs` is what it takes: a person (on shift, with one of the `posts` and the `skill`, where they are named), a
    fitting room (`kept` of the store's rooms stay for walk-ins) or a desk (`desks` in each store). It `lasts` so long
    for the customer and takes its `buffer` longer; it begins `every` so often after opening, no sooner than `lead` and
    no later than `horizon` from now. Customers book it themselves unless it is `by` staff, or reserved for `tiers`;
    they have no more than `open_at_once`, and may move or cancel it until `cancel_until` before it begins.
    With a `route` the colleague prepares where to go.
    """

    key: Key
    name: Text
    about: Text
    needs: Literal["person", "room", "desk"]
    skill: str = ""
    posts: tuple[str, ...] = ()
    desks: int = Field(1, ge=1, le=50)
    kept: int = Field(0, ge=0)
    lasts: Seconds
    buffer: Seconds = 0
    every: Seconds = 30 * 60
    lead: Seconds = 0
    horizon: Seconds
    cancel_until: Seconds = 0
    by: Literal["anyone", "staff"] = "anyone"
    tiers: tuple[Key, ...] = ()
    open_at_once: int = Field(2, ge=1, le=20)
    route: bool = False

    @model_validator(mode="after")
    def _quarters(self) -> Self:
        if any(value % QUARTER for value in (self.lasts, self.buffer, self.every)):
            raise ValueError("lasts, buffer and every are whole quarters of an hour")
        if not self.lasts or not self.every:
            raise ValueError("lasts and every are at least 15min")
        if self.horizon <= self.lead:
            raise ValueError("the horizon lies beyond the lead time")
        return self


class Bookings(Document):
    """`reminders` are sent so long before; nobody is waited for longer than `no_show_after`. Who has missed
    `missed_limit` appointments within `missed_within` books through the store. Taken, a slot is answered with so many
    `offers`. A sign-up takes no more than `seats_at_once` seats and closes `sign_up_until` before the start; the effect
    of an activity on sales is looked at over `effect_days`.
    """

    services: tuple[Bookable, ...] = Field(min_length=1)
    reminders: tuple[Seconds, ...] = ()
    no_show_after: Seconds
    missed_limit: int = Field(3, ge=1)
    missed_within: Seconds
    offers: int = Field(3, ge=1, le=10)
    seats_at_once: int = Field(4, ge=1, le=20)
    sign_up_until: Seconds = 0
    effect_days: int = Field(14, ge=1, le=90)

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        no_twins(service.key for service in self.services)
        return self

    def find(self, key: str) -> Bookable | None:
        return next((service for service in self.services if service.key == key), None)
