"""The time zones this machine knows."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zone_names() -> frozenset[str]:
    """Looked up once: it walks a thousand files."""
    return frozenset(available_timezones())
