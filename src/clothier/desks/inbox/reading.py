"""One conversation as its page shows it: what was said, by whom, how far it came, and what its reader may do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clothier.conversations.contracts import Author, DispatchState, MessageView, State, ThreadView
from clothier.conversations.selectors import (
    DISPATCH_NAMES,
    Allowance,
    allowance_of,
    carried_by,
    handovers,
    messages,
)
from clothier.desks.floor.selectors.people import TONES
from clothier.desks.floor.selectors.pressing import clocks
from clothier.desks.inbox import words
from clothier.desks.roster.words import long_day
from clothier.desks.shell.attachments import File
from clothier.kernel.access import Viewer
from clothier.knowledge.selectors import titles
from clothier.standards.contracts import PromiseView

PAGE = 40


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message; `look` says on which side and how. `wrong`: whether the bot's answer was marked so, None where there
    is nothing to mark. `day` stands above the first message of a day.
    """

    id: int
    look: str
    author: str
    channel_icon: str
    channel_name: str
    text: str
    at: datetime
    day: str
    state: str
    failed: bool
    files: list[File]
    sources: list[dict[str, str]]
    wrong: bool | None


@dataclass(frozen=True, slots=True)
class Told:
    """Why a person was asked for, and what the person should know."""

    reason: str
    summary: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    thread: ThreadView
    promises: list[PromiseView]
    bubbles: list[Bubble]
    handover: Told | None
    older: str
    mine: bool
    allowance: Allowance | None

    @property
    def id(self) -> int:
        return self.thread.id

    @property
    def name(self) -> str:
        return words.called(self.thread)

    @property
    def badge(self) -> str:
        return self.thread.layer_name if self.thread.layer in TONES else ""

    @property
    def tone(self) -> str:
        return TONES.get(self.thread.layer, "")

    @property
    def channel_name(self) -> str:
        return words.channel_name(self.thread.channel)

    @property
    def standing(self) -> str:
        return words.standing(self.thread)

    @property
    def closed(self) -> bool:
        return self.thread.state is State.CLOSED

    @property
    def can_take(self) -> bool:
        return self.thread.state in (State.WAITING, State.BOT)

    @property
    def held(self) -> bool:
        return self.thread.state is State.HELD

    @property
    def allowed(self) -> str:
        """What the channel still allows to say, in words; empty where it sets no bounds."""
        return words.allowed(self.allowance) if self.allowance else ""

    @property
    def accepts(self) -> str:
        """The types of files that may be attached, as a form's field says it; empty where the channel takes none."""
        return ",".join(sorted(carried_by(self.thread.channel)))

    @property
    def last(self) -> int:
        """The last message its reader has seen when they answer."""
        return self.bubbles[-1].id if self.bubbles else 0


def opened(viewer: Viewer, thread: ThreadView, *, before: int | None = None) -> Opened:
    said = messages(thread.id, before=before, limit=PAGE)
    told = next(iter(handovers(thread.id)), None) if thread.state in (State.WAITING, State.HELD) else None
    here = reverse("inbox:thread", args=[thread.id])
    return Opened(
        thread=thread,
        promises=[one for one in clocks(viewer, kind="chat", ids=[thread.id]).get(thread.id, []) if one.due_at][:2],
        bubbles=list(bubbles(said)),
        handover=Told(told.reason_name, told.summary or "", told.at) if told else None,
        older=f"{here}?before={said[0].id}" if len(said) == PAGE else "",
        mine=thread.state is State.HELD and thread.employee_id == viewer.employee,
        allowance=allowance_of(thread),
    )


def bubbles(said: Sequence[MessageView]) -> Iterator[Bubble]:
    day = None
    known = titles([version for message in said for _article, version in _articles(message.sources)])
    for message in said:
        today = localtime(message.at).date()
        yield _bubble(message, long_day(today) if today != day else "", known)
        day = today


def _bubble(message: MessageView, day: str, known: Mapping[int, str]) -> Bubble:
    return Bubble(
        id=message.id,
        look=_look(message),
        author=_author(message),
        channel_icon=words.channel_icon(message.channel),
        channel_name=words.channel_name(message.channel),
        text=_text(message),
        at=message.at,
        day=day,
        state=_state(message),
        failed=message.dispatch == DispatchState.FAILED,
        files=[
            File(one.name, reverse("inbox:file", args=[message.thread_id, one.id]), one.image) for one in message.files
        ],
        sources=[
            {"title": known[version], "href": reverse("library:article", args=[article])}
            for article, version in _articles(message.sources)
            if version in known
        ],
        wrong=bool(message.sources.get("wrong")) if message.author is Author.BOT and message.sources else None,
    )


def _text(message: MessageView) -> str:
    if message.withdrawn:
        return _("备注已撤回")
    return _("内容已按顾客要求删除") if message.text is None else message.text


def _look(message: MessageView) -> str:
    if message.internal:
        return "note"
    return {Author.CUSTOMER: "theirs", Author.AGENT: "ours", Author.BOT: "bot bubble--ours"}.get(
        message.author, "system"
    )


def _author(message: MessageView) -> str:
    if message.author is Author.CUSTOMER:
        return _("顾客")
    return message.employee or (_("机器人") if message.author is Author.BOT else "")


def _state(message: MessageView) -> str:
    if not message.dispatch:
        return ""
    said = str(DISPATCH_NAMES[DispatchState(message.dispatch)])
    return f"{said}：{message.error}" if message.error and message.dispatch == DispatchState.FAILED else said


def _articles(told: dict[str, Any]) -> list[tuple[int, int]]:
    """The articles the bot answered from, each with the text it had then; of every part of a mixed question."""
    return [
        (article, version) for part in (told, *told.get("answers", ())) for article, version in part.get("articles", ())
    ]
