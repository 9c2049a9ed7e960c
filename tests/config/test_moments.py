"""A moment comes back from the database as the moment that went in, whichever way it is asked for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Max
from django.db.models.functions import TruncDay

from clothier.staff.models import Shift

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 14, 2, 30, 15, 123456, tzinfo=UTC)


def test_a_moment_comes_back_as_it_went_in_as_a_column_and_out_of_a_function(cast):
    Shift.objects.all().delete()
    shift = Shift.objects.create(
        employee=cast.zhou, store=cast.store, starts_at=START.astimezone(SHANGHAI), ends_at=START + timedelta(hours=8)
    )
    shift.refresh_from_db()
    found = Shift.objects.annotate(later=F("starts_at") + timedelta(hours=1), day=TruncDay("starts_at", tzinfo=UTC))
    [(column, later, day)] = found.values_list("starts_at", "later", "day")
    assert (shift.starts_at, column, later) == (START, START, START + timedelta(hours=1))
    assert shift.starts_at.utcoffset() == column.utcoffset() == timedelta(0)
    assert day == datetime(2026, 11, 14, tzinfo=UTC)
    assert Shift.objects.aggregate(last=Max("starts_at"))["last"] == START
    assert Shift.objects.filter(pk=0).aggregate(none=Max("starts_at"))["none"] is None
