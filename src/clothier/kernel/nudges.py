"""A word within this process to whoever waits for news: look now.

What happened stands in the database, and every process hears of it by looking there a few times a second. A nudge only
spares the wait where teller and listener share a process; one that is lost costs a fifth of a second.
"""

from collections.abc import Callable

from clothier.kernel.refs import Ref

# A whisper is what is worth no entry in any log, such as somebody typing: a word, and what it is about.
Whisper = tuple[str, Ref]
Hear = Callable[[Whisper | None], None]

_waiting: set[Hear] = set()


def listen(hear: Hear) -> None:
    """`hear` is called from whatever thread nudges, and must return at once."""
    _waiting.add(hear)


def ignore(hear: Hear) -> None:
    _waiting.discard(hear)


def nudge() -> None:
    """Something new was committed."""
    for hear in tuple(_waiting):
        hear(None)


def whisper(word: str, about: Ref) -> None:
    for hear in tuple(_waiting):
        hear((word, about))
