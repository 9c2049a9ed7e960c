"""A day is closed once."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.clock import SimulatedClock
from clothier.kernel.errors import Refused
from clothier.settlement.models import BusinessDay, Till
from clothier.settlement.rules import dates
from clothier.settlement.services import close_day, close_till, count_drawer, open_till
from clothier.standards.models import Promise
from tests.cast import Cast
from tests.conftest import SATURDAY

DAY = SATURDAY.date()
SHANGHAI, FOUR = "Asia/Shanghai", time(4)


def test_a_day_closes_once_its_tills_are_counted(cast: Cast, till: Till):
    session = open_till(till=till.pk, float_fen=0, actor=cast.zhou.pk)
    with pytest.raises(Refused, match="一号台"):
        close_day(store=cast.store.pk, day=DAY, actor=cast.wu.pk)
    count_drawer(session=session.pk, pieces={}, actor=cast.zhou.pk)
    close_till(session=session.pk, actor=cast.zhou.pk)
    day = close_day(store=cast.store.pk, day=DAY, actor=cast.wu.pk, note=" 平安 ", key="k")
    assert (day.sealed_at, day.closed_by, day.note) == (SATURDAY, cast.wu.pk, "平安")
    assert close_day(store=cast.store.pk, day=DAY, actor=cast.zhou.pk, key="k") == day
    with pytest.raises(Refused, match="吴静"):
        close_day(store=cast.store.pk, day=DAY, actor=cast.zhou.pk)
    assert Entry.objects.filter(type="day.closed").count() == 1


def test_closing_a_day_starts_the_promise_to_match_it(cast: Cast):
    day = close_day(store=cast.store.pk, day=DAY, actor=cast.wu.pk)
    promise = Promise.objects.get(key="settlement")
    assert (promise.subject_kind, promise.subject_id, promise.state) == ("day", day.pk, "running")


def test_a_day_that_has_not_come_is_not_closed(cast: Cast):
    with pytest.raises(Refused) as refused:
        close_day(store=cast.store.pk, day=DAY + timedelta(days=1), actor=cast.wu.pk)
    assert refused.value.field == "date"
    assert not BusinessDay.objects.exists()


def test_a_sale_after_midnight_is_the_evenings(saturday: SimulatedClock):
    night = datetime(2026, 11, 14, 17, 30, tzinfo=UTC)
    assert dates.date_of(night, zone=SHANGHAI, ends=FOUR) == date(2026, 11, 14)
    assert dates.date_of(night + timedelta(hours=3), zone=SHANGHAI, ends=FOUR) == date(2026, 11, 15)


def test_a_day_of_a_clock_change_is_as_long_as_it_is():
    (short,) = dates.spans(date(2026, 3, 28), date(2026, 3, 28), zone="Europe/London", ends=FOUR)
    assert (short.end - short.start) / 3_600_000_000 == 23


def test_what_is_told_after_its_day_was_sealed_goes_to_the_next_open_one():
    days = dates.spans(date(2026, 11, 13), date(2026, 11, 16), zone=SHANGHAI, ends=FOUR)
    hour = 3_600_000_000
    sealed = {days[0].date: days[0].start + 18 * hour, days[1].date: days[1].start + 18 * hour}
    moments = np.array([days[0].start + hour, days[0].start + hour, days[0].start + hour, days[0].start - 1])
    recorded = np.array([moments[0], days[0].start + 19 * hour, days[1].start + 19 * hour, moments[3]])
    place, happened = dates.belongs(moments, recorded, days, sealed)
    assert place.tolist() == [0, 1, 2, -1]
    assert happened.tolist() == [0, 0, 0, -1]
