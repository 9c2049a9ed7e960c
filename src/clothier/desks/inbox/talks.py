"""The list on the left: a box of conversations, each with the clock that presses most."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from clothier.conversations.contracts import Box, ThreadView
from clothier.conversations.selectors import box_counts, inbox_for, search, threads_for, threads_of_customers
from clothier.customers.selectors import find
from clothier.desks.floor.selectors.people import TONES
from clothier.desks.floor.selectors.pressing import clocks
from clothier.desks.inbox import words
from clothier.kernel.access import Viewer
from clothier.standards.contracts import PromiseView

PAGE = 30
MOST = 99
# Where whoever was promised an answer soonest stands first.
PRESSED = frozenset({Box.MINE, Box.TEAM})
# What is in them changes only with more than words; in the others a word alone brings a conversation or takes it away.
MOVED = frozenset({Box.MINE, Box.WAITING, Box.TEAM, Box.BOT, Box.SNOOZED, Box.MENTIONS, Box.FAILED})
COUNTED = (Box.MINE, Box.WAITING, Box.MENTIONS, Box.FAILED)


@dataclass(frozen=True, slots=True)
class Drawer:
    label: str
    href: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """A line of the list; `keys` where a key leads to it."""

    id: int
    href: str
    name: str
    badge: str
    tone: str
    channel_icon: str
    last: str
    at: datetime
    unread: bool
    owner: str
    promise: PromiseView | None
    keys: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise to a customer who waits, and the conversation it is about; none where it is not the viewer's."""

    promise: PromiseView
    talk: Talk | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a box; `next` is the address of the following lines, `whole`: there are no others."""

    talks: list[Talk]
    next: str
    whole: bool

    @property
    def trigger(self) -> str:
        """What it is drawn anew after. Whoever sees a whole box need not look whenever somebody elsewhere says a word:
        of a hundred agents each would ask for as many lists as all of them write messages.
        """
        chats = ["chat.moved", *(f"chat-{talk.id}" for talk in self.talks)] if self.whole else ["chat"]
        return ", ".join(f"live:{word} from:body" for word in (*chats, "promise"))


def address(box: Box, query: str) -> str:
    """The list's own address."""
    return f"{reverse('inbox:home')}?{_asked(box, query)}"


def _asked(box: Box, query: str) -> str:
    return urlencode({"q": query} if query else {"box": box.value})


def box_of(text: str | None) -> Box:
    return Box(text) if text in set(Box) else Box.MINE


def drawers(viewer: Viewer, current: Box | None) -> list[Drawer]:
    counts = box_counts(viewer, COUNTED, most=MOST + 1)
    return [
        Drawer(str(name), address(box, ""), _counted(counts.get(box, 0)), box is current)
        for box, name in words.BOXES.items()
    ]


def _counted(n: int) -> str:
    return f"{MOST}+" if n > MOST else str(n or "")


def listed(viewer: Viewer, *, box: Box, query: str, before: str, opened: int | None) -> Listed:
    """What is found where something is looked for, else a page of the box."""
    found = _found(viewer, query) if query else inbox_for(viewer, box, before=before, limit=PAGE)
    more = {"box": box.value, "before": found[-1].cursor} if not query and len(found) == PAGE else None
    following = f"{reverse('inbox:home')}?{urlencode(more)}" if more else ""
    whole = box in MOVED and not (query or before or more)
    return Listed(_talks(viewer, found, box, query, opened), following, whole)


def _found(viewer: Viewer, query: str) -> list[ThreadView]:
    """Conversations with the people who are called so, and those in which it was said, with the words that say it."""
    people = find(viewer, query, limit=PAGE)
    named = {one.id: one for one in threads_of_customers(viewer, [one.customer_id for one in people])}
    said = {one.thread_id: one.text for one in reversed(search(viewer, query, limit=PAGE))}
    spoken = threads_for(viewer, list(said.keys() - named.keys()))
    found = [*named.values(), *(replace(one, preview=said[one.id], last_author="") for one in spoken)]
    return sorted(found, key=lambda one: one.last_at, reverse=True)[:PAGE]


def lines(viewer: Viewer, threads: Sequence[ThreadView], box: Box) -> list[Talk]:
    """The same lines for another page."""
    return _talks(viewer, threads, box, "", None)


def beside(viewer: Viewer, promises: Sequence[PromiseView]) -> list[Owed]:
    """Promises with their conversations."""
    found = threads_for(viewer, [one.subject.id for one in promises])
    told = {one.id: one for one in lines(viewer, found, Box.TEAM)}
    return [Owed(one, told.get(one.subject.id)) for one in promises]


def _talks(viewer: Viewer, threads: Sequence[ThreadView], box: Box, query: str, opened: int | None) -> list[Talk]:
    running = clocks(viewer, kind="chat", ids=[thread.id for thread in threads])
    if not query and box in PRESSED:
        threads = sorted(threads, key=lambda thread: _due(running.get(thread.id, [])))
    keys = _keys([thread.id for thread in threads], opened)
    asked, told = _asked(box, query), bool(query) or box is Box.TEAM
    return [
        _talk(thread, running.get(thread.id, []), keys=keys.get(thread.id, ""), asked=asked, owned=told)
        for thread in threads
    ]


def _due(running: list[PromiseView]) -> float:
    return running[0].due_at.timestamp() if running and running[0].due_at else math.inf


def _talk(thread: ThreadView, running: list[PromiseView], *, keys: str, asked: str, owned: bool) -> Talk:
    return Talk(
        id=thread.id,
        href=f"{reverse('inbox:thread', args=[thread.id])}?{asked}",
        name=words.called(thread),
        badge=thread.layer_name if thread.layer in TONES else "",
        tone=TONES.get(thread.layer, ""),
        channel_icon=words.channel_icon(thread.channel),
        last=words.last_words(thread),
        at=thread.last_at,
        unread=thread.unread,
        owner=thread.employee if owned else "",
        promise=running[0] if running else None,
        keys=keys,
    )


def _keys(ids: list[int], opened: int | None) -> dict[int, str]:
    """j leads to the conversation after the open one, k to the one before; with none open j leads to the first."""
    if opened not in ids:
        return {ids[0]: "j"} if ids else {}
    place = ids.index(opened)
    before = {ids[place - 1]: "k"} if place else {}
    after = {ids[place + 1]: "j"} if place + 1 < len(ids) else {}
    return before | after
