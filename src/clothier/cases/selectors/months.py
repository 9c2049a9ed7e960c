"""The cases of a month, in the house's own time."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from clothier.cases.models import Case


def opened_in(month: date, rows: "QuerySet[Case] | None" = None) -> "QuerySet[Case]":
    """Of these cases (all) those that were opened in the month of a day."""
    first = month.replace(day=1)
    start, end = _midnight(first), _midnight((first + timedelta(days=32)).replace(day=1))
    return (Case.objects.all() if rows is None else rows).filter(opened_at__gte=start, opened_at__lt=end)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0)))
