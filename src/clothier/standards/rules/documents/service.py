"""How customers are served who write: who gets a conversation, when a person comes in, and what is said meanwhile."""

from typing import Literal, Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Percent, Text, no_twins
from clothier.standards.rules.durations import Seconds


class Topic(Part):
    """What a conversation may be about: the words that say so, and the skills of whom it goes to first."""

    key: Key
    name: Text
    signs: tuple[str, ...] = Field(min_length=1)
    skills: tuple[str, ...] = ()


class Budget(Part):
    """How many replies a channel lets us send after a customer's message, and until how long after it."""

    replies: int = Field(ge=1)
    within: Seconds = Field(gt=0)


class HandOver(Part):
    """When the bot stops: so many `misses` in a row, anger from so many percent on, one of the words that `ask` for a
    person. Customers of these `tiers` are given a person at once.
    """

    misses: int = Field(2, ge=1, le=10)
    anger: Percent = 60
    ask: tuple[str, ...] = Field(min_length=1)
    tiers: tuple[Key, ...] = ()


class Words(Part):
    """What is said without a person. `{time}` is when somebody answers, `{name}` the agent, `{number}` those before."""

    greeting: Text
    unsure: Text
    candidates: Text
    sorry: Text
    handed: Text
    waiting: Text
    hours: Text
    closing: Text


class Service(Document):
    """`desk`: the store whose agents serve what belongs to no store (none named: where the agents are). An agent holds
    `capacity` conversations at once. A person answers in the service hours of the `calendar`; a customer who comes back
    `within` gets the same agent. Conversations in which nobody writes are closed: the bot's after `idle_bot`, a
    person's after `idle_person`. The bot answers on the channels of `bot`. A message that cannot be sent is tried
    `attempts` times. The queue serves those of `tiers` in `hand_over` first. In their own pages customers read what was
    said on the channels of `member_reads`, where the channel vouches that it was them.
    """

    desk: str = ""
    capacity: int = Field(6, ge=1, le=50)
    calendar: str = Field("cn", min_length=1)
    same_agent_within: Seconds
    idle_bot: Seconds = Field(gt=0)
    idle_person: Seconds = Field(gt=0)
    attempts: int = Field(8, ge=1, le=20)
    bot: tuple[Literal["web", "wechat", "wecom", "email", "sms", "kiosk", "api"], ...] = ()
    member_reads: tuple[Literal["web", "wechat", "wecom", "email", "sms", "kiosk", "phone"], ...] = ()
    budgets: dict[str, Budget] = {}
    hand_over: HandOver
    topics: tuple[Topic, ...] = Field(min_length=1)
    words: Words

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        no_twins(topic.key for topic in self.topics)
        return self

    def topic_of(self, text: str) -> Topic | None:
        """The topic whose words a text holds most of; the earlier one of two."""
        best = max(self.topics, key=lambda topic: sum(sign in text for sign in topic.signs))
        return best if any(sign in text for sign in best.signs) else None
