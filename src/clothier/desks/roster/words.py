"""Names, days and times of a roster in the reader's words, on the store's own clock."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clothier.desks.shell.words import called as called
from clothier.desks.shell.words import dated


def day_label(day: date) -> str:
    """11月16日"""
    return dated(day, _("n月j日"))


def weekday(day: date) -> str:
    """周一"""
    return (
        pgettext("weekday", "周一"),
        pgettext("weekday", "周二"),
        pgettext("weekday", "周三"),
        pgettext("weekday", "周四"),
        pgettext("weekday", "周五"),
        pgettext("weekday", "周六"),
        pgettext("weekday", "周日"),
    )[day.weekday()]


def long_day(day: date) -> str:
    """11月16日 星期一"""
    return _("%(day)s %(weekday)s") % {"day": day_label(day), "weekday": WEEKDAYS[day.weekday()]}


def week_label(monday: date) -> str:
    """11月16日 – 11月22日"""
    return f"{day_label(monday)} – {day_label(monday + timedelta(days=6))}"


def span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """10:00–18:00; 22:00–次日 02:00 when it ends on another day; 24:00 when exactly at the end of its own."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date():
        return f"{first:%H:%M}–{last:%H:%M}"
    if last.hour == last.minute == 0 and (last.date() - first.date()).days == 1:
        return f"{first:%H:%M}–24:00"
    return _("%(start)s–次日 %(end)s") % {"start": f"{first:%H:%M}", "end": f"{last:%H:%M}"}


def hours(seconds: float) -> str:
    """38, 37.5 or 45.25."""
    return f"{seconds / 3600:.2f}".rstrip("0").rstrip(".")
