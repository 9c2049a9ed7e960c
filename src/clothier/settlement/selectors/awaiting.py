"""Whose files a day still waits for."""

from datetime import date, timedelta

from clothier.payments import selectors as payments
from clothier.payments.contracts import statement_formats
from clothier.settlement.models import BusinessDay
from clothier.settlement.selectors.figures import window
from clothier.settlement.selectors.placing import days_of
from clothier.settlement.selectors.sides import dates_of, ends_a_day, named, stated_dates


def awaited(day: BusinessDay) -> list[tuple[str, date]]:
    """Files that money of a day stands in and that are not here yet: provider and date, the earliest first.

    The end of an evening that its own day's file does not tell of is awaited from the next one.
    """
    wanted: set[tuple[str, date]] = set()
    evening: list[tuple[str, str, date]] = []
    start, end = window(day)
    for block in payments.moves(start=start, end=end, store=day.store_id):
        mine = days_of(block.stores, block.moments) == day.date.toordinal()
        dates, late = dates_of(block.moments), ends_a_day(block.moments)
        for n in mine.nonzero()[0].tolist():
            provider, on = block.providers[n], date.fromordinal(int(dates[n]))
            if provider in statement_formats:
                wanted.add((provider, on))
                if late[n]:
                    evening.append((provider, block.references[n], on + timedelta(days=1)))
    lacking = {pair for pair in wanted if not stated_dates(pair[0], pair[1], pair[1])}
    return sorted(lacking | _rolled_over(evening))


def _rolled_over(evening: list[tuple[str, str, date]]) -> set[tuple[str, date]]:
    """The next day's files that have to tell of what an evening's own file left out."""
    _moves, stated = named(reference for _provider, reference, _next in evening)
    lacking = {(provider, following) for provider, reference, following in evening if reference not in stated}
    return {pair for pair in lacking if not stated_dates(pair[0], pair[1], pair[1])}
