"""The kinds of value the API takes. Whatever a database could choke on is refused here, with a sentence."""

import re
from datetime import UTC, datetime
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

MOST = 2**63 - 1


_UNPRINTABLE = re.compile("[\\x00-\\x1f\\ud800-\\udfff]")


def _plain(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise ValueError("control characters and broken code points are not text")
    return text.strip()


def _plausible(at: datetime) -> datetime:
    if not 2000 <= at.year <= 2100:
        raise ValueError("not a time between 2000 and 2100")
    return at.astimezone(UTC)


Id = Annotated[int, Field(ge=1, le=MOST, strict=True)]
PathId = Annotated[int, Field(ge=1, le=MOST)]
Fen = Annotated[int, Field(ge=-(10**12), le=10**12, strict=True)]
Count = Annotated[int, Field(ge=-100_000, le=100_000, strict=True)]
Text = Annotated[str, AfterValidator(_plain), Field(max_length=200)]
Code = Annotated[str, AfterValidator(_plain), Field(min_length=1, max_length=60)]
At = Annotated[AwareDatetime, AfterValidator(_plausible)]
# A field nobody knows is refused: it is a slip of the pen, and what it meant would not be done.
CLOSED = ConfigDict(extra="forbid")


class Body(Schema):
    """What a machine sends."""

    model_config = CLOSED
