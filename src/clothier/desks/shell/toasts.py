"""Short words after an action, with a way back: shown by the next page, or added to an htmx answer."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_UNDO = "undo="


def toast(request: HttpRequest, text: str, *, undo: str = "", bad: bool = False) -> None:
    """Say something once. `undo` is the address a POST goes to that takes the action back."""
    level = messages.ERROR if bad else messages.SUCCESS
    messages.add_message(request, level, text, extra_tags=f"{_UNDO}{undo}" if undo else "")


def tone(message: Message) -> str:
    return "bad" if message.level >= messages.WARNING else ""


def undo(message: Message) -> str:
    tags = message.extra_tags or ""
    return tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""
