"""Questions about the workers."""

from datetime import datetime

from django.db.models import Max

from clothier.worker.models import Beat


def last_beat() -> datetime | None:
    """The latest sign of life of any worker; None when none has ever run, or all stopped cleanly."""
    latest: datetime | None = Beat.objects.aggregate(at=Max("seen_at"))["at"]
    return latest
