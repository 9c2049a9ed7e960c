"""Questions about the workers."""

from datetime import datetime

from django.db.models import Max

from clothier.worker.models import Beat
from clothier.worker.routines import earliest


def next_routine() -> datetime | None:
    """When the earliest routine is due, or may be taken over from a worker that has it; None when none is enrolled."""
    return earliest()


def last_beat() -> datetime | None:
    """The latest sign of life of any worker; None when none has ever run, or all stopped cleanly."""
    latest: datetime | None = Beat.objects.aggregate(at=Max("seen_at"))["at"]
    return latest
