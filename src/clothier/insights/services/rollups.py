"""Days counted: today and yesterday again and again, an older day when something is told about it late."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from clothier.eventlog.contracts import Happening, History
from clothier.insights.engines.live import Live
from clothier.insights.measures import NOWHERE, bounds, measure
from clothier.insights.models import DailyFigure, TouchedDay
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.kernel.columns import Every
from clothier.kernel.rows import insert
from clothier.places.selectors import stores_for
from clothier.standards.selectors import verdict_moments
from clothier.visits.selectors import bells_for, visits_for

# Days counted in one go of the routine; more are left to the next.
AT_ONCE = 200
# No measure of the shop: on this day somebody counted.
COUNTED = "counted"


def refresh() -> int:
    """Count today and yesterday of every store, then the days told about late; how many of those there were.

    Days on which nobody was there to count are caught up with first.
    """
    today = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    first = min(today - timedelta(days=1), _last_counted(today))
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    stores = [NOWHERE, *stores_for(SYSTEM).values_list("pk", flat=True)]
    for day in days:
        count_day(stores=stores, day=day)
    mark = DailyFigure(store_id=NOWHERE, day=today, measure=COUNTED, amount=1)
    DailyFigure.objects.bulk_create([mark], ignore_conflicts=True)
    return _recount_touched()


def _last_counted(today: date) -> date:
    """That day was counted, but perhaps not to its end."""
    last: date | None = DailyFigure.objects.filter(measure=COUNTED).aggregate(day=Max("day"))["day"]
    return last or today


def count_day(*, stores: Collection[int], day: date) -> None:
    """Count one day of these stores from the books; what was counted before is replaced."""
    start, end = bounds(day)
    # Counted before the transaction begins: on SQLite it holds the only write lock, and counting takes its time.
    counted = [
        DailyFigure(store_id=store, day=day, measure=name, amount=amount)
        for store, figures in measure(Live(), stores, start, end).items()
        for name, amount in figures.items()
        if amount
    ]
    with transaction.atomic():
        DailyFigure.objects.filter(store_id__in=stores, day=day).delete()
        DailyFigure.objects.bulk_create(counted)


def touch(moments: Iterable[tuple[int | None, datetime]]) -> None:
    """Remember the past days these moments of stores fall on; today and yesterday are counted anyway."""
    zone = ZoneInfo(settings.TIME_ZONE)
    recent = clock.now().astimezone(zone).date() - timedelta(days=1)
    # Histories come by the ten thousand and fall on few quarters of an hour, which is as fine as zones differ by.
    quarters = {(store, int(at.timestamp()) // 900) for store, at in moments}
    days = {(store, datetime.fromtimestamp(quarter * 900, zone).date()) for store, quarter in quarters}
    insert([TouchedDay(store_id=store or NOWHERE, day=day) for store, day in days if day < recent])


def touch_beginnings(entries: Iterable[Happening]) -> None:
    """Remember the days on which the visits and calls began that are told of late: there they are counted.

    What happened today is about a visit or call of today or yesterday, so that a tap in time asks nothing.
    """
    midnight, _end = bounds(clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date())
    late = [entry for entry in entries if entry.occurred_at < midnight]
    visits = {entry.subject_id for entry in late if entry.subject_kind == "visit"}
    visits |= {entry.payload["visit_id"] for entry in late if entry.subject_kind == "fitting"}
    if visits:
        touch(visits_for(SYSTEM).filter(pk__in=visits).values_list("store_id", "arrived_at"))
    if bells := {entry.subject_id for entry in late if entry.subject_kind == "bell"}:
        touch(bells_for(SYSTEM).filter(pk__in=bells).values_list("store_id", "rung_at"))


def touch_verdicts(promises: Iterable[int]) -> None:
    """Remember the days of these promises' verdicts: one was corrected, or no longer counts."""
    touch(verdict_moments(promises))


def touch_history(history: History) -> None:
    """The same for a history told in columns; days that wait already are not put down again."""
    import numpy as np  # Loaded only where history is told.

    zone = ZoneInfo(settings.TIME_ZONE)
    today = clock.now().astimezone(zone).date()
    oldest = datetime.fromtimestamp(int(history.moments.min()), zone).date()
    days = [oldest + timedelta(days=n) for n in range((today - oldest).days)]
    midnights = [int(datetime.combine(day, time.min, zone).timestamp()) for day in days]
    # The last of them is yesterday, which is counted anyway.
    place = np.searchsorted(np.array(midnights), history.moments, side="right") - 1
    where = history.stores.value or NOWHERE if isinstance(history.stores, Every) else history.stores
    told = np.unique(np.stack([np.broadcast_to(where, len(place)), place])[:, place < len(days) - 1], axis=1)
    wait = set(TouchedDay.objects.filter(day__gte=oldest).values_list("store_id", "day"))
    fresh = {(store or NOWHERE, days[nth]) for store, nth in told.T.tolist()} - wait
    insert([TouchedDay(store_id=store, day=day) for store, day in sorted(fresh)])


def _recount_touched() -> int:
    # The latest days first: they are what reports open with, and a history of years may be waiting behind them.
    rows = list(TouchedDay.objects.order_by("-day", "id").values_list("pk", "store_id", "day")[: AT_ONCE * 20])
    days = list(dict.fromkeys((store, day) for _pk, store, day in rows))[:AT_ONCE]
    together: dict[date, list[int]] = defaultdict(list)
    for store, day in days:
        together[day].append(store)
    for day, stores in together.items():
        count_day(stores=stores, day=day)
    # Only what was read before counting goes: what was told meanwhile is another row and is counted next time.
    done = set(days)
    TouchedDay.objects.filter(pk__in=[pk for pk, store, day in rows if (store, day) in done]).delete()
    return len(days)
