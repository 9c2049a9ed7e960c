"""What is due by the calendar: each routine has one row, so that of several workers one does it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db.models import F, Min

from clothier.kernel import clock
from clothier.worker.models import Routine as Row

log = structlog.get_logger(__name__)
# Whoever takes a routine has this long; should it die, another worker takes over then.
LEASE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Routine:
    """`run` is called again until it returns 0; `after` says when it is due next."""

    name: str
    run: Callable[[], int]
    after: Callable[[datetime], datetime]


def nightly(now: datetime) -> datetime:
    """The next 04:30 in Shanghai, when the stores sleep (20:30 UTC)."""
    tonight = now.replace(hour=20, minute=30, second=0, microsecond=0)
    return tonight if tonight > now else tonight + timedelta(days=1)


def every(minutes: int) -> Callable[[datetime], datetime]:
    return lambda now: now + timedelta(minutes=minutes)


def run_one(routines: list[Routine]) -> int:
    """Take the first routine that is due and do it; 0 when none is, or others have them."""
    now = clock.now()
    due = set(Row.objects.filter(due_at__lte=now).values_list("name", flat=True))
    for routine in routines:
        if routine.name in due and _claim(routine, now):
            _do(routine)
            return 1
    return 0


def enrol(routines: list[Routine]) -> None:
    """Give every routine its row, due at once; rows of routines that are no more go."""
    Row.objects.exclude(name__in=[routine.name for routine in routines]).delete()
    rows = [Row(name=routine.name, due_at=clock.now()) for routine in routines]
    Row.objects.bulk_create(rows, ignore_conflicts=True)


def earliest() -> datetime | None:
    at: datetime | None = Row.objects.aggregate(at=Min("due_at"))["at"]
    return at


def call_forward(routines: list[Routine]) -> int:
    """After the machine's clock was set back: none waits longer than its own time. How many had to be moved."""
    now = clock.now()
    moved = 0
    for routine in routines:
        latest = max(routine.after(now), now + LEASE) + clock.MEANWHILE
        moved += Row.objects.filter(name=routine.name, due_at__gt=latest).update(due_at=routine.after(now))
    return moved


def _claim(routine: Routine, now: datetime) -> bool:
    mine = Row.objects.filter(name=routine.name, due_at__lte=now)
    return bool(mine.update(due_at=now + LEASE, runs=F("runs") + 1))


def _do(routine: Routine) -> None:
    done = 0
    while more := routine.run():
        done += more
        # Long work keeps its lease while it gets on.
        Row.objects.filter(name=routine.name).update(due_at=clock.now() + LEASE)
    now = clock.now()
    Row.objects.filter(name=routine.name).update(due_at=routine.after(now), done_at=now)
    (log.info if done else log.debug)("routine_done", routine=routine.name, done=done)
