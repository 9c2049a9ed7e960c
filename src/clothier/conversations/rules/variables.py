"""Variables of saved replies, written {name}."""

import re
from collections.abc import Mapping

VARIABLES = ("name", "agent", "store", "hours")
_PLACE = re.compile(r"\{(\w+)\}")


def unknown(text: str) -> list[str]:
    """Variables that nobody fills."""
    return [name for name in _PLACE.findall(text) if name not in VARIABLES]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled; one without a value stays, so that nobody sends a hole unseen."""
    return _PLACE.sub(lambda place: values.get(place[1]) or place[0], text)
