"""What the customer sees: the same messages without the notes, and who answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clothier.conversations.contracts import Author, MessageView, State
from clothier.conversations.selectors import GuestView, guest_messages
from clothier.conversations.services import mark_seen
from clothier.desks.chat.doors import Guest
from clothier.desks.roster.words import long_day
from clothier.desks.shell.attachments import File

PAGE = 50


@dataclass(frozen=True, slots=True)
class Said:
    """`candidates`: what the bot offers to choose from."""

    id: int
    side: str
    author: str
    text: str
    at: datetime
    day: str
    state: str
    files: list[File]
    candidates: list[dict[str, str]]


def unsent_words() -> dict[str, str]:
    """What the page says of words that have not arrived."""
    return {
        "sending": _("发送中…"),
        "slow": _("您发得有点快，一分钟内自动发出"),
        "many": _("一次最多 9 个文件，请分几次发。"),
        "large": _("有文件超过 20 MB，请压缩后再发。"),
    }


def judged(seen: GuestView | None) -> dict[str, Any]:
    """Whether the customer is asked how it was, and what they said."""
    closed = seen is not None and seen.state is State.CLOSED
    return {
        "rates": closed and seen is not None and seen.score is None,
        "rated": seen.score if seen and closed else None,
    }


def served_by(seen: GuestView | None) -> dict[str, Any]:
    """Who answers at this moment, in a sentence, and whether a person may be asked for."""
    if seen is None or seen.state in (State.BOT, State.CLOSED):
        return {"served": _("智能助手先为您解答"), "asks_person": seen is not None and seen.state is State.BOT}
    if seen.state is State.HELD:
        return {"served": _("%(name)s 为您服务") % {"name": seen.employee}, "asks_person": False}
    return {"served": _("正在为您转接人工客服"), "asks_person": False}


def bubbles_of(guest: Guest, seen: GuestView | None, *, before: int | None) -> dict[str, Any]:
    said = guest_messages(seen, before=before, limit=PAGE) if seen else []
    if seen and any(message.dispatch in ("sent", "delivered") for message in said):
        mark_seen(contacts=seen.contacts, upto=said[-1].id, read=True)
    day, bubbles = None, list[Said]()
    for message in said:
        today = localtime(message.at).date()
        bubbles.append(_said(guest, message, long_day(today) if today != day else ""))
        day = today
    older = f"{reverse('chat:chat', args=[guest.secret])}?before={said[0].id}" if len(said) == PAGE else ""
    return {"bubbles": bubbles, "older": older}


def _said(guest: Guest, message: MessageView, day: str) -> Said:
    mine = message.author is Author.CUSTOMER
    return Said(
        id=message.id,
        side="mine" if mine else "system" if message.author is Author.SYSTEM else "theirs",
        author=_by(message),
        text=_("内容已删除") if message.text is None else message.text,
        at=message.at,
        day=day,
        state="",
        files=[File(one.name, reverse("chat:file", args=[guest.secret, one.id]), one.image) for one in message.files],
        candidates=[
            {"key": str(one["article"]), "text": one["title"]} for one in message.sources.get("candidates", [])
        ],
    )


def _by(message: MessageView) -> str:
    if message.author is Author.AGENT:
        return message.employee
    return _("智能助手") if message.author is Author.BOT else ""
