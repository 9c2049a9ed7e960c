"""A text message that belongs to no conversation, such as a sign-in code."""

from clothier.conversations.channels.registry import channel_of, connected
from clothier.conversations.contracts import Outgoing


def can_text() -> bool:
    """Whether the shop is connected to a gateway."""
    return connected("sms")


def text_alone(*, address: str, text: str, number: int) -> bool:
    """Send it; False where no gateway is connected. Raises NotSent: try again.

    The gateway knows it by `number` below zero, where no message of a conversation is: sent twice it goes out once.
    """
    if not can_text():
        return False
    channel_of("sms").send(Outgoing(message=-number, thread=0, address=address, text=text))
    return True
