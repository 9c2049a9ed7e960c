"""What a supervisor looks at: how full the drawers are, why people were asked for, whose words the guard pointed at."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count

from clothier.conversations.contracts import Box, Flagged
from clothier.conversations.models import Flag, Handover
from clothier.conversations.models.work import REASON_NAMES
from clothier.conversations.selectors.doors import visible
from clothier.conversations.selectors.inbox import drawer
from clothier.kernel.access import Viewer


def box_counts(viewer: Viewer, boxes: Iterable[Box], *, most: int) -> dict[Box, int]:
    """How many conversations a drawer holds, counted no further than `most`."""
    return {box: drawer(viewer, box).order_by()[:most].count() for box in boxes}


def handover_counts(viewer: Viewer, *, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """How often a person was asked for in a stretch of time, by the reason's name, the most frequent first."""
    rows = Handover.objects.filter(at__gte=since, at__lt=until, thread__in=visible(viewer)).order_by()
    names = {str(reason): str(name) for reason, name in REASON_NAMES.items()}
    counted = [(names[reason], n) for reason, n in rows.values_list("reason").annotate(n=Count("pk"))]
    return sorted(counted, key=lambda one: -one[1])


def flagged(*, since: datetime, until: datetime, employees: Iterable[int]) -> list[Flagged]:
    """What the guard pointed at in replies that were sent, by person and rule."""
    rows = Flag.objects.filter(at__gte=since, at__lt=until, employee__in=list(employees)).order_by()
    hits: dict[tuple[int, str], list[int]] = {}
    for employee, rule, reason in rows.values_list("employee_id", "rule", "reason"):
        one = hits.setdefault((employee, rule), [0, 0])
        one[0] += 1
        one[1] += bool(reason)
    return [Flagged(employee, rule, n, insisted) for (employee, rule), (n, insisted) in sorted(hits.items())]
