"""What happens next: everybody's next act by its moment, whoever keeps the time."""

import heapq
import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

from clothier.kernel import clock


class Agenda:
    """Plays generators that act and then yield the seconds until they act again."""

    def __init__(self) -> None:
        self._due: list[tuple[datetime, int, Iterator[float]]] = []
        self._turn = itertools.count()

    def begin(self, play: Iterator[float], *, after: float = 0.0) -> None:
        heapq.heappush(self._due, (clock.now() + timedelta(seconds=after), next(self._turn), play))

    def next_at(self) -> datetime | None:
        return self._due[0][0] if self._due else None

    def __len__(self) -> int:
        return len(self._due)

    def act(self) -> None:
        """Let the earliest one act; it comes back when it said, or never again when it is done or fails."""
        at, _turn, play = heapq.heappop(self._due)
        pause = next(play, None)
        if pause is not None:
            heapq.heappush(self._due, (max(at, clock.now()) + timedelta(seconds=pause), next(self._turn), play))
