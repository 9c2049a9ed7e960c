"""Indexes of a demo's tables that wait until arrays are in them. What waits stands in the database itself, from the
transaction that dropped it to the one that brought it back: whoever is killed in between leaves a shop that knows what
it lacks.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import models, transaction

from clothier.kernel.filling import hurry, put_back, set_aside
from clothier.simulation.models import Filling


@contextmanager
def indexes_last(kinds: Sequence[type[models.Model]]) -> Iterator[None]:
    """Rows of the block go into tables without their indexes; these come back after it, or with the next `fill`."""
    set_tables_aside(kinds)
    with hurry():
        yield
        put_tables_back()


def set_tables_aside(kinds: Sequence[type[models.Model]]) -> None:
    with transaction.atomic():
        waiting = _waiting()
        Filling.objects.update(aside=[*waiting, *set_aside(kinds)])


def put_tables_back(told: Callable[[int, int], None] = lambda *_: None) -> None:
    """One index to a transaction; `told` hears how many of how many are back."""
    waiting = _waiting()
    for done, statement in enumerate(waiting):
        told(done, len(waiting))
        with transaction.atomic():
            put_back(statement)
            Filling.objects.update(aside=waiting[done + 1 :])


def make_whole() -> None:
    """Bring back what a killed process had set aside."""
    if _waiting():
        with hurry():
            put_tables_back()


def _waiting() -> list[str]:
    waiting: list[str] = Filling.objects.values_list("aside", flat=True).get()
    return waiting
