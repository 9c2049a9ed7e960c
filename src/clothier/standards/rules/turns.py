"""Cadences as promises: which period a moment lies in, when its turn begins and by when it is due."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clothier.standards.rules.documents.cadences import Cadence, Every, Scope
from clothier.standards.rules.documents.promises import Clock, Condition, Given, PromiseRule
from clothier.standards.rules.hours import CalendarHours

_DAY = timedelta(days=1)
PREFIX = "cadence_"


def as_promise(cadence: Cadence, sync_window: int) -> PromiseRule:
    """The promise a cadence makes in each period; the time allowed comes with each turn."""
    ticked = Condition(event="cadence.completed", where={"cadence": cadence.key})
    subject = "store:{store_id}" if cadence.scope is Scope.STORE else "chain:1"
    return PromiseRule(
        key=f"{PREFIX}{cadence.key}",
        name=cadence.name,
        owner=cadence.owner,
        reason=cadence.reason,
        within=1,
        clock=Clock.WALL,
        start=(Condition(event="cadence.opened", where={"cadence": cadence.key}),),
        keep=(ticked.model_copy(update={"subject": subject}), *cadence.keep),
        repeat=True,
        given=Given(due="due_at"),
        ladder=cadence.ladder,
        show=("board", "manager_list"),
        sync_window=sync_window,
    )


def period_of(every: Every, on: date) -> str:
    """The name of the period a local date lies in: 2026-11-14, 2026-W46, 2026-11, 2026-Q4 or 2026."""
    if every is Every.OPENING_DAY:
        return on.isoformat()
    if every is Every.WEEK:
        year, week, _ = on.isocalendar()
        return f"{year}-W{week:02d}"
    if every is Every.MONTH:
        return f"{on:%Y-%m}"
    return f"{on.year}-Q{(on.month + 2) // 3}" if every is Every.QUARTER else str(on.year)


def turn_of(cadence: Cadence, hours: CalendarHours, at: datetime) -> tuple[str, datetime, datetime] | None:
    """(period, begins, due) of the turn that a moment lies in; None on a day on which the store stays shut."""
    on = at.astimezone(hours.zone).date()
    if cadence.every is not Every.OPENING_DAY:
        first, following = _bounds(cadence.every, on)
        return period_of(cadence.every, on), _midnight(first, hours.zone), _midnight(following, hours.zone)
    spans = hours.of_day(on)
    if not spans:
        return None
    due = spans[0][0] + timedelta(minutes=cadence.minutes)
    return period_of(cadence.every, on), _midnight(on, hours.zone), due


def _bounds(every: Every, on: date) -> tuple[date, date]:
    """The first day of the period and the first day after it."""
    if every is Every.WEEK:
        monday = on - _DAY * on.weekday()
        return monday, monday + _DAY * 7
    months = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}[every]
    month = (on.month - 1) // months * months
    after = month + months
    return date(on.year, month + 1, 1), date(on.year + after // 12, after % 12 + 1, 1)


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time.min, tzinfo=zone)
