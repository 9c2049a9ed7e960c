"""Short ways to say things in tests."""

from itertools import count
from typing import Any

from clothier.conversations import services
from clothier.conversations.models import Message, Thread

_numbers = count(1)


def write(text: str, *, channel: str = "web", sender: str = "browser-1", **more: Any) -> Message:
    """A customer writes; each time something new."""
    more.setdefault("external_id", f"m{next(_numbers)}")
    return services.receive(channel=channel, sender=sender, text=text, **more)


def thread_of(message: Message) -> Thread:
    return Thread.objects.get(contacts=message.contact_id)
