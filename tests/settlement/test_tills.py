"""A drawer from its float to its close."""

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.clock import SimulatedClock
from clothier.kernel.errors import Refused
from clothier.settlement.models import DrawerCount, Till, TillSession
from clothier.settlement.services import (
    add_till,
    close_day,
    close_till,
    count_drawer,
    move_cash,
    open_till,
    retire_till,
)
from tests.cast import Cast
from tests.conftest import SATURDAY

DAY = SATURDAY.date()


def test_a_till_is_opened_with_its_float_on_the_day_of_the_shop(cast: Cast, till: Till):
    session = open_till(till=till.pk, float_fen=50_000, actor=cast.zhou.pk, key="k1")
    assert (session.float_fen, session.opened_at, session.day.date) == (50_000, SATURDAY, DAY)
    assert open_till(till=till.pk, float_fen=50_000, actor=cast.zhou.pk, key="k1") == session
    (entry,) = Entry.objects.filter(type="till.opened")
    assert entry.payload == {
        "till_id": till.pk,
        "session_id": session.pk,
        "day_id": session.day_id,
        "float_fen": 50_000,
    }


def test_nobody_takes_over_a_drawer_that_was_not_counted(cast: Cast, till: Till):
    open_till(till=till.pk, float_fen=50_000, actor=cast.zhou.pk)
    with pytest.raises(Refused, match="周敏") as refused:
        open_till(till=till.pk, float_fen=0, actor=cast.wu.pk)
    assert refused.value.field == "till"
    assert TillSession.objects.count() == 1


def test_a_drawer_is_counted_in_notes_and_coins_as_often_as_wanted(cast: Cast, till: Till):
    session = open_till(till=till.pk, float_fen=50_000, actor=cast.zhou.pk)
    count_drawer(session=session.pk, pieces={10_000: 4, 50: 3}, actor=cast.zhou.pk)
    again = count_drawer(session=session.pk, pieces={10_000: 5, 50: 0}, actor=cast.zhou.pk, key="c2")
    assert count_drawer(session=session.pk, pieces={10_000: 1}, actor=cast.zhou.pk, key="c2") == again
    assert list(DrawerCount.objects.order_by("pk").values_list("total_fen", "pieces")) == [
        (40_150, {"10000": 4, "50": 3}),
        (50_000, {"10000": 5}),
    ]


@pytest.mark.parametrize("pieces", [{10_000: -1}, {10_000: 100_001}, {300: 1}])
def test_a_count_that_no_drawer_can_have_is_refused_beside_its_field(cast: Cast, till: Till, pieces: dict[int, int]):
    session = open_till(till=till.pk, float_fen=0, actor=cast.zhou.pk)
    with pytest.raises(Refused) as refused:
        count_drawer(session=session.pk, pieces=pieces, actor=cast.zhou.pk)
    assert refused.value.field == f"pieces_{next(iter(pieces))}"
    assert not DrawerCount.objects.exists()


def test_a_till_closes_by_its_latest_count_and_asks_why_money_is_missing(cast: Cast, till: Till):
    session = open_till(till=till.pk, float_fen=50_000, actor=cast.zhou.pk)
    with pytest.raises(Refused, match="清点"):
        close_till(session=session.pk, actor=cast.zhou.pk)
    move_cash(session=session.pk, fen=-20_000, reason="存入保险柜", actor=cast.wu.pk)
    count_drawer(session=session.pk, pieces={10_000: 2, 5_000: 1, 2_000: 2}, actor=cast.zhou.pk)
    with pytest.raises(Refused, match="少了 ¥10") as refused:
        close_till(session=session.pk, actor=cast.zhou.pk)
    assert refused.value.field == "reason"
    closed = close_till(session=session.pk, actor=cast.zhou.pk, reason="找零找错", key="x")
    assert (closed.expected_fen, closed.counted_fen, closed.difference_fen) == (30_000, 29_000, -1_000)
    assert close_till(session=session.pk, actor=cast.zhou.pk, key="x") == closed
    assert Entry.objects.get(type="till.closed").payload["difference_fen"] == -1_000
    with pytest.raises(Refused, match="已经结束"):
        count_drawer(session=session.pk, pieces={10_000: 3}, actor=cast.zhou.pk)


def test_a_small_difference_needs_no_reason(cast: Cast, till: Till):
    session = open_till(till=till.pk, float_fen=50_000, actor=cast.zhou.pk)
    count_drawer(session=session.pk, pieces={10_000: 5, 500: 1}, actor=cast.zhou.pk)
    assert close_till(session=session.pk, actor=cast.zhou.pk).difference_fen == 500


def test_a_till_in_use_is_not_retired_and_a_code_is_there_once(cast: Cast, till: Till):
    with pytest.raises(Refused) as refused:
        add_till(store=cast.store.pk, code="t1", name="又一台")
    assert refused.value.field == "code"
    open_till(till=till.pk, float_fen=0, actor=cast.zhou.pk)
    with pytest.raises(Refused, match="还开着"):
        retire_till(till=till.pk)


def test_a_till_opened_after_the_day_was_closed_belongs_to_the_next_day(
    cast: Cast, till: Till, saturday: SimulatedClock
):
    saturday.advance(10 * 3600)
    close_day(store=cast.store.pk, day=DAY, actor=cast.wu.pk)
    assert open_till(till=till.pk, float_fen=0, actor=cast.zhou.pk).day.date.isoformat() == "2026-11-15"
