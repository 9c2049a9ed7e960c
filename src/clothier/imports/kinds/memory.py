"""Cells that were read before: texts repeat all over a file, and reading one costs a hundred times a look-up."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from clothier.imports.contracts import CellRefused

T = TypeVar("T")
REMEMBERED = 100_000


class Memory(dict[str, Any], Generic[T]):
    """Text → what it says, or the refusal it meets; so many and no more, so that memory has a bound."""

    def __init__(self, read: Callable[[str], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> T | CellRefused:
        if len(self) >= REMEMBERED:
            # Forgetting all at once is quick, and what is needed again is soon known again.
            self.clear()
        try:
            found: T | CellRefused = self._read(text)
        except CellRefused as refusal:
            found = refusal
        self[text] = found
        return found

    def column(self, texts: Iterable[str]) -> list[Any]:
        """What a whole column says."""
        return list(map(self.__getitem__, texts))

    def one(self, text: str) -> T:
        """Raises CellRefused."""
        found = self[text]
        if isinstance(found, CellRefused):
            # Raised again and again, it would gather the frames of every time.
            raise found.with_traceback(None)
        return found  # type: ignore[no-any-return]
