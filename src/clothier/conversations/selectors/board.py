"""What a supervisor looks at: how full the drawers are, why people were asked for, whose words the guard pointed at."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from clothier.conversations.contracts import Box, Flagged
from clothier.conversations.models import Flag, Handover, Thread
from clothier.conversations.models.work import REASON_NAMES
from clothier.conversations.selectors.doors import eyes, seen_from
from clothier.conversations.selectors.inbox import asked, drawer
from clothier.kernel.access import Viewer
from clothier.kernel.rows import Question, prepared


def box_counts(viewer: Viewer, boxes: Iterable[Box], *, most: int) -> dict[Box, int]:
    """How many conversations a drawer holds, counted no further than `most`."""
    return {box: len(_HELD[box](**asked(viewer, box), most=most)) for box in boxes}


def _held(box: Box) -> "Question[int]":
    @prepared
    def held(
        stores: list[int] | None,
        employee: int | None,
        me: int | None,
        now: datetime | None,
        threads: list[int] | None,
        most: int,
    ) -> QuerySet[Thread, int]:
        rows = drawer(box, stores=stores, employee=employee, me=me, now=now, threads=threads)
        return rows.order_by().values_list("pk", flat=True)[:most]

    return held


_HELD = {box: _held(box) for box in Box}


def handover_counts(viewer: Viewer, *, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """How often a person was asked for in a stretch of time, by the reason's name, the most frequent first."""
    names = {str(reason): str(name) for reason, name in REASON_NAMES.items()}
    counted = [(names[reason], n) for reason, n in _reasons(**eyes(viewer), since=since, until=until)]
    return sorted(counted, key=lambda one: -one[1])


@prepared
def _reasons(
    stores: list[int] | None, employee: int | None, since: datetime, until: datetime
) -> "QuerySet[Handover, tuple[str, int]]":
    # Asked of each: all that somebody may see, as a list, would be every conversation there ever was.
    mine = Exists(seen_from(stores, employee).filter(pk=OuterRef("thread")))
    rows = Handover.objects.filter(mine, at__gte=since, at__lt=until).order_by()
    return rows.values_list("reason").annotate(n=Count("pk"))


def flagged(*, since: datetime, until: datetime, employees: Iterable[int]) -> list[Flagged]:
    """What the guard pointed at in replies that were sent, by person and rule."""
    rows = Flag.objects.filter(at__gte=since, at__lt=until, employee__in=list(employees)).order_by()
    hits: dict[tuple[int, str], list[int]] = {}
    for employee, rule, reason in rows.values_list("employee_id", "rule", "reason"):
        one = hits.setdefault((employee, rule), [0, 0])
        one[0] += 1
        one[1] += bool(reason)
    return [Flagged(employee, rule, n, insisted) for (employee, rule), (n, insisted) in sorted(hits.items())]
