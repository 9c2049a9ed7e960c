"""What other packages give and get: messages and conversations as pages show them, and the skills that answer from
live facts, which packages above fill in. Plain Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from clothier.kernel.errors import Refused


class Author(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


class State(StrEnum):
    """Who has the conversation: the bot, nobody yet (the queue), a person; or it is closed."""

    BOT = "bot"
    WAITING = "waiting"
    HELD = "held"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a person is asked for."""

    ASKED = "asked"
    UNSURE = "unsure"
    MISSES = "misses"
    ANGER = "anger"
    VIP = "vip"
    HOURS = "hours"
    SHIFT = "shift"


class Box(StrEnum):
    """The drawers of the inbox. `ANSWERED`: one's own in which the customer has the word."""

    MINE = "mine"
    WAITING = "waiting"
    ANSWERED = "answered"
    TEAM = "team"
    BOT = "bot"
    SNOOZED = "snoozed"
    MENTIONS = "mentions"
    FAILED = "failed"
    CLOSED = "closed"


class DispatchState(StrEnum):
    """How far a message has come on its way to the customer."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"


# Files of one message, and bytes of one of them.
MOST_FILES = 9
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it arrives; what it really is its content says, not its name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileView:
    id: int
    name: str
    media_type: str
    size: int
    image: bool


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as pages show it. `dispatch` is empty for what the customer wrote and for internal notes; `text` is
    None where the person's data were erased. `sources` are what the bot answered from.
    """

    id: int
    thread_id: int
    channel: str
    author: Author
    employee_id: int | None
    employee: str
    text: str | None
    internal: bool
    at: datetime
    dispatch: str = ""
    error: str = ""
    files: tuple[FileView, ...] = ()
    withdrawn: bool = False
    sources: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A conversation as the inbox lists it. `name` is empty for a stranger without one; `preview` is the last message.

    `waiting_since`: the oldest word of the customer's that nobody has answered. `cursor` goes into `before`.
    """

    id: int
    customer_id: int | None
    name: str
    layer: str
    layer_name: str
    channel: str
    state: State
    store_id: int | None
    employee_id: int | None
    employee: str
    topic: str
    priority: int
    waiting_since: datetime | None
    last_at: datetime
    last_author: str
    preview: str | None
    unread: bool
    snoozed_until: datetime | None
    tags: tuple[str, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class Found:
    """A message that a search found."""

    message_id: int
    thread_id: int
    author: Author
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way: to which address, as which of our messages, in answer to which of the channel's.

    `heading` is the first line the customer wrote last: e-mail answers under it. `gone`: how many of its parts (the
    words, then each file) have gone before.
    """

    message: int
    thread: int
    address: str
    text: str
    answers: str = ""
    heading: str = ""
    files: tuple[NewFile, ...] = ()
    gone: int = 0


class Identity(NamedTuple):
    """Which identifier of a customer an address is. `proven`: the channel vouches that it is theirs."""

    kind: str
    value: str
    proven: bool


class NotSent(Exception):
    """The channel did not take it. `final`: nor will it ever. `gone`: how many parts it did take."""

    def __init__(self, why: str, *, final: bool = False, gone: int = 0) -> None:
        super().__init__(why)
        self.final, self.gone = final, gone


class Channel(Protocol):
    """A way to customers and back. `pushes`: replies are brought to them; otherwise they come and fetch them.

    `carries`: the types of files it takes, each with its greatest size in bytes.
    """

    @property
    def key(self) -> str: ...
    @property
    def pushes(self) -> bool: ...
    @property
    def carries(self) -> Mapping[str, int]: ...

    def identity(self, address: str) -> Identity | None: ...

    def send(self, out: Outgoing) -> str:
        """Hand a reply over; the number the channel gives it. Raises NotSent; anything else is tried again too."""
        ...


@dataclass(frozen=True, slots=True)
class Flagged:
    """How often the guard pointed at somebody's sent words in a month, by rule; `insisted`: sent all the same."""

    employee_id: int
    rule: str
    hits: int
    insisted: int


class PastLine(NamedTuple):
    """Something that was said; `at` in seconds since 1970."""

    author: Author
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class PastTalk:
    """A conversation that is over. `handed_at` (0: never), `reason` and `employee`: when a person was asked for, why,
    and who answered. Of a stranger there is no customer.
    """

    customer: int | None
    store: int | None
    channel: str
    address: str
    topic: str
    lines: Sequence[PastLine]
    handed_at: int = 0
    reason: str = ""
    employee: int | None = None


class Collision(Refused):
    """Somebody else has answered meanwhile, or has the conversation."""


class Blocked(Refused):
    """The text holds what is never said. `hits` say where, and what to say instead."""

    def __init__(self, message: str, hits: Sequence[Any]) -> None:
        super().__init__(message, field="text")
        self.hits = tuple(hits)


@dataclass(frozen=True, slots=True)
class Question:
    """What a customer asks. `customer` only where the channel proves who writes; a claimed name is not enough."""

    text: str
    thread: int
    channel: str
    customer: int | None
    store: int | None
    at: datetime
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class SkillAnswer:
    """An answer from live facts: `text` in the question's language, `facts` the ids it was drawn from."""

    text: str
    facts: dict[str, int] = field(default_factory=dict)
    sure: bool = True


SkillFunction = Callable[[Question], SkillAnswer | None]


@dataclass(frozen=True, slots=True)
class Skill:
    """Something the bot can look up. `signs`: words of a question that call for it; none of them, and it is not asked.

    `answer` returns None when the question is not for it after all.
    """

    key: str
    signs: tuple[str, ...]
    answer: SkillFunction


skills: dict[str, Skill] = {}


def skill(key: str, *, signs: Sequence[str]) -> Callable[[SkillFunction], SkillFunction]:
    """Register a skill from above: checkout knows orders, catalog the stock, loyalty the points."""

    def register(function: SkillFunction) -> SkillFunction:
        skills[key] = Skill(key, tuple(signs), function)
        return function

    return register
