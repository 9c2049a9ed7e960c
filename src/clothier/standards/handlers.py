"""What the standards listen to: everything, inside the recording transaction."""

from clothier.eventlog.contracts import ANY, Happening, inline
from clothier.standards.services.following import follow


@inline(ANY)
def move_clocks(entries: list[Happening]) -> None:
    follow(entries)
