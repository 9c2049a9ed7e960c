"""What the standards listen to: everything, inside the recording transaction."""

from collections.abc import Sequence

from clothier.eventlog.contracts import ANY, Happening, History, historian, inline
from clothier.standards.services.following import follow


@inline(ANY)
def move_clocks(entries: list[Happening]) -> None:
    follow(entries)


@historian()
def judge_history(histories: Sequence[History]) -> None:
    """A past that nobody was there for runs no clocks."""
    if any(history.witnessed for history in histories):
        from clothier.standards.history import follow_history  # NumPy is loaded only where history is told.

        follow_history(histories)
