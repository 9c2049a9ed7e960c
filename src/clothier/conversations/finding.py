"""Marks as the database keeps them: keyed hashes, and the messages they stand in as packed numbers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from clothier.kernel import vault
from clothier.language.services import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.uint16]


def folded(text: str) -> str:
    return normalise(text).lower()


def hashes(marks: Iterable[str]) -> set[int]:
    """Sixty bits of the keyed hash: among a million different marks two alike are a matter of one in a million."""
    hashed = vault.keyed_hasher("search")
    return {int(hashed(mark)[:15], 16) for mark in marks}


def packed(places: Iterable[int]) -> bytes:
    import numpy as np  # Loaded only where messages are indexed or looked for.

    return np.unique(np.fromiter(places, np.uint16)).tobytes()


def unpacked(places: bytes | memoryview) -> "Places":
    import numpy as np

    return np.frombuffer(bytes(places), np.uint16)
