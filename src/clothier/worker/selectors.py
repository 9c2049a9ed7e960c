"""Questions about the workers."""

from datetime import datetime, timedelta

from django.db.models import Max

from clothier.kernel import clock
from clothier.worker.models import Beat
from clothier.worker.retention import TERMS, Term
from clothier.worker.routines import earliest

# Two machines' clocks may differ by a little.
SKEW = timedelta(seconds=5)


def next_routine() -> datetime | None:
    """When the earliest routine is due, or may be taken over from a worker that has it; None when none is enrolled."""
    return earliest()


def last_beat() -> datetime | None:
    """The latest sign of life of any worker; None when none has ever run, or all stopped cleanly.

    One from the future was given before the clock was set back: it says nothing of now.
    """
    believable = Beat.objects.filter(seen_at__lte=clock.now() + SKEW)
    latest: datetime | None = believable.aggregate(at=Max("seen_at"))["at"]
    return latest


def terms() -> list[Term]:
    """How long what has served its purpose is kept here."""
    return TERMS
