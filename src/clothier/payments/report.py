"""Where payments fail: by method, cause, store and hour of the day."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, Q, Sum
from django.db.models.functions import Cast, Substr
from django.utils.timezone import get_default_timezone

from clothier.kernel.access import Viewer
from clothier.payments.contracts import Cause, Method
from clothier.payments.models import Attempt


@dataclass(frozen=True, slots=True)
class Share:
    """So many tries at something, so many of them without money, and the fen that did not come."""

    what: Any
    tries: int
    failed: int
    lost_fen: int

    @property
    def part(self) -> float:
        return self.failed / self.tries if self.tries else 0.0


@dataclass(frozen=True, slots=True)
class Problems:
    """A stretch's attempts. Causes are counted among those that failed; hours are of Shanghai, 0 to 23."""

    whole: Share
    methods: list[Share]
    causes: list[Share]
    stores: list[Share]
    hours: list[Share]


def problems(viewer: Viewer, *, start: datetime, end: datetime, store: int | None = None) -> Problems:
    """Figures of the viewer's stores from `start` up to `end`: one question, whatever is asked of its rows."""
    rows = Attempt.objects.filter(started_at__gte=start, started_at__lt=end)
    if viewer.stores is not None:
        rows = rows.filter(store__in=viewer.stores)
    if store is not None:
        rows = rows.filter(store=store)
    told: list[Mapping[str, Any]] = list(
        rows.annotate(utc_hour=Substr(Cast("started_at", CharField()), 12, 2))
        .values("method", "cause", "store_id", "utc_hour")
        .annotate(count=Count("pk"), fen=Sum("amount_fen", filter=~Q(cause="")))
        .order_by()
    )
    # Both engines write a moment in UTC, and Shanghai keeps one time all year. SQLite would call Python for the local
    # hour of each row: a second for a chain's week.
    ahead = round(start.astimezone(get_default_timezone()).utcoffset() / timedelta(hours=1))  # type: ignore[operator]
    by_hour = {(int(each.what) + ahead) % 24: each for each in _by("utc_hour", told)}
    return Problems(
        whole=next(iter(_by(None, told)), Share("", 0, 0, 0)),
        methods=[_named(each, Method) for each in _worst(_by("method", told))],
        causes=[_named(each, Cause) for each in _worst(_by("cause", [row for row in told if row["cause"]]))],
        stores=_worst(_by("store_id", told)),
        hours=[replace(by_hour.get(hour, Share(hour, 0, 0, 0)), what=hour) for hour in range(24)],
    )


def _by(name: str | None, told: Iterable[Mapping[str, Any]]) -> list[Share]:
    tries, failed, lost = Counter[Hashable](), Counter[Hashable](), Counter[Hashable]()
    for row in told:
        what = row[name] if name else ""
        tries[what] += row["count"]
        if row["cause"]:
            failed[what] += row["count"]
            lost[what] += row["fen"] or 0
    return [Share(what, count, failed[what], lost[what]) for what, count in tries.items()]


def _worst(shares: list[Share]) -> list[Share]:
    return sorted(shares, key=lambda each: (-each.failed, -each.tries))


def _named(each: Share, kind: type[Method] | type[Cause]) -> Share:
    return Share(kind(each.what), each.tries, each.failed, each.lost_fen)
