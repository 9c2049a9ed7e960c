"""Many open promises at once, to measure what a large chain has open without living through its day."""

import time
from datetime import datetime, timedelta

from django.db import models, transaction

from clothier.kernel import columns
from clothier.standards.models import ClockEvent, Promise

CHUNK = 20_000
DAY = timedelta(days=1)


def wait_too(count: int, *, since: datetime) -> None:
    """Write `count` more promises like the newest open one, due one after the other over the day from `since`.

    They are about things that do not exist, so no event will ever keep them.
    """
    if count <= 0:
        return
    like = Promise.objects.filter(closed_at=None).latest("id")
    start, base = like.clock_events.earliest("id"), time.time_ns() // 1000
    for first in range(0, count, CHUNK):
        size = min(CHUNK, count - first)
        due = [since + DAY * (first + n) / count for n in range(size)]
        told = {**_same(like), "subject_id": range(base + first, base + first + size), "due_at": due}
        with transaction.atomic():
            keys = columns.insert(Promise, {**told, "next_at": due}, count=size)
            columns.insert(ClockEvent, {**_same(start), "promise_id": keys}, count=size)


def _same(row: models.Model) -> columns.Columns:
    """The columns of a row, repeated, but its key."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return {name: columns.Every(getattr(row, name)) for name in names}
