"""Promise clocks follow the events, inside the transaction that records them: no promise is ever eventual."""

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction

from clothier.eventlog.contracts import Happening
from clothier.kernel import clock
from clothier.standards.rules.facts import Kind
from clothier.standards.selectors.courses import Course
from clothier.standards.selectors.rulebook import Rulebook, rulebook
from clothier.standards.services.shelves import Shelf
from clothier.standards.services.storing import Outcome, store
from clothier.standards.services.touches import Touch, touches

_CHUNK = 1000


def follow(entries: Sequence[Happening]) -> None:
    """Move the clocks of every promise these events concern; a handful of queries for any number of events."""
    book = rulebook()
    for first in range(0, len(entries), _CHUNK):
        found = touches(book, entries[first : first + _CHUNK])
        if found:
            _apply(book, found)


def _apply(book: Rulebook, found: list[Touch]) -> None:
    try:
        # The savepoint lets the loser of a race for one open promise look again and find the winner's. Where there is
        # only one writer (SQLite) nobody can race us.
        starts = any(touch.effect.kind is Kind.START for touch in found)
        with transaction.atomic(savepoint=starts and connection.features.has_select_for_update):
            _move(book, found)
    except IntegrityError:
        with transaction.atomic():
            _move(book, found)


def _move(book: Rulebook, found: list[Touch]) -> None:
    now = clock.now()
    shelf = Shelf(book, found, now)
    moved: dict[int, Course] = {}
    for touch in found:
        for course in shelf.touched_by(touch):
            moved[id(course)] = course
    store([Outcome(course, course.evaluate(now)) for course in moved.values()], now)
