"""Text a database can keep: without NUL, which PostgreSQL refuses, and without halves of a surrogate pair.

Nobody types either; whoever sends them tries what breaks.
"""

import re
from typing import Any

_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
# In JSON: raw, escaped, or a surrogate written as the three bytes that UTF-8 forbids.
_SUSPECT = re.compile(rb"\x00|\\u0000|\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]")


def storable(value: Any) -> bool:
    """Whether every text in a value (of lists and mappings, keys too) can be kept."""
    if isinstance(value, str):
        return not _UNSTORABLE.search(value)
    if isinstance(value, dict):
        return all(storable(key) and storable(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return all(storable(inner) for inner in value)
    return True


def suspect(json: bytes) -> bool:
    """Whether a JSON document may hold such a text: one look at the bytes, so that only a doubtful one is walked."""
    return _SUSPECT.search(json) is not None
