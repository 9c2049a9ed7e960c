"""Which business day a store is in."""

from datetime import date, datetime, timedelta

from clothier.kernel import clock
from clothier.settlement.models import BusinessDay
from clothier.settlement.rules import dates
from clothier.standards.selectors import document


def date_in(zone: str, at: datetime | None = None) -> date:
    """The business day of a moment (now) in a time zone, whether it is closed or not."""
    return dates.date_of(at or clock.now(), zone=zone, ends=document("settlement").day_ends)


def open_date(store: int, zone: str, at: datetime | None = None) -> date:
    """The day that takes what is sold now: today, or the first one after it that is not closed yet."""
    day = date_in(zone, at)
    later = BusinessDay.objects.filter(store=store, date__gte=day, sealed_at__isnull=False)
    sealed = set(later.values_list("date", flat=True))
    while day in sealed:
        day += timedelta(days=1)
    return day
