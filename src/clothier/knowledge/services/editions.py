"""Who writes at the same moment waits, and every process hears of what was written."""

from uuid import uuid4

from clothier.knowledge.models import Edition


def one_at_a_time() -> None:
    """Hold the library until the transaction ends: the first of a verb's locks, so that two never wait for each other.

    Editors are few and publish seldom; version numbers and the order of publications need no other lock.
    """
    Edition.objects.select_for_update().get_or_create(pk=1, defaults={"token": ""})


def new_edition() -> None:
    """Tell every process that the index it built is old."""
    Edition.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})
