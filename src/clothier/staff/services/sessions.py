"""Sessions that nobody can come back to."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session

BATCH = 5000


def prune_sessions(before: datetime) -> int:
    """Delete some sessions last used before a moment; how many."""
    # A session says when it ends, which is its age after it was last written.
    ended = before + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    old = Session.objects.filter(expire_date__lt=ended).order_by("expire_date").values_list("pk", flat=True)
    return Session.objects.filter(pk__in=list(old[:BATCH])).delete()[0]
