"""What is kept of a handler's error: enough to find the place, and nobody's data.

A whole traceback quotes source lines, and an exception's text quotes what it choked on: a database repeats the row it
refused, a parser the word it could not read.
"""

import re
import traceback
from pathlib import Path

import clothier
from clothier.kernel.redaction import HIDDEN, scrub

FRAMES = 6
LONGEST = 300
_SRC = Path(clothier.__file__).parent.parent
_QUOTED = re.compile(r"'(?P<one>[^']*)'|\"(?P<two>[^\"]*)\"|“(?P<three>[^”]*)”")
_NAME = re.compile(r"[a-z][a-z0-9_.]*")


def told(error: BaseException) -> str:
    """The innermost places of our own code, one a line, and last the type and what is left of the message."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_SRC)]
    places = [f"{Path(frame.filename).relative_to(_SRC)}:{frame.lineno} {frame.name}" for frame in frames[-FRAMES:]]
    return "\n".join([*places, f"{type(error).__name__}: {_message(error)}"])


def _message(error: BaseException) -> str:
    """The first line, without what stands in quotes unless it reads like a name of code."""
    first = next(iter(str(error).strip().splitlines()), "")
    return scrub(_QUOTED.sub(_unquoted, first))[:LONGEST]


def _unquoted(match: re.Match[str]) -> str:
    inside = next(text for text in match.groups() if text is not None)
    return match[0] if _NAME.fullmatch(inside) else HIDDEN
