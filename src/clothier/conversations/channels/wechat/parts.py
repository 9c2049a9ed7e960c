"""A reply as WeChat and WeCom take it: the words, and each file as a message of its own."""

from collections.abc import Callable
from functools import partial

from clothier.conversations.contracts import NewFile, NotSent, Outgoing

Sent = Callable[[int], str]


def send_parts(out: Outgoing, *, say: Callable[[str, int], str], show: Callable[[NewFile, int], str]) -> str:
    """Send what has not gone yet, in order; the number of the last. Each is told its place.

    Raises NotSent with how many have gone: tried again, the rest goes and nothing goes twice.
    """
    parts: list[Sent] = [partial(say, out.text)] if out.text else []
    parts += [partial(show, file) for file in out.files]
    number = ""
    for place in range(out.gone, len(parts)):
        try:
            number = parts[place](place)
        except NotSent as error:
            raise NotSent(str(error), final=error.final, gone=place) from None
    return number
