"""The language guard, asked in one place."""

from typing import Any


def hits(text: str) -> list[Any]:
    """What of a text the house rules point at."""
    return []


def blocks(hit: Any) -> bool:
    """Whether it may not be sent as it is."""
    return bool(hit.severity == "stop")
