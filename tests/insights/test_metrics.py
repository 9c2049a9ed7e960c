from datetime import date, timedelta

import pytest

from clothier.checkout.contracts import OrderKind
from clothier.checkout.services import record_orders, record_sale
from clothier.customers.services import register
from clothier.insights.measures import bounds
from clothier.insights.models import DailyFigure, TouchedDay
from clothier.insights.selectors import by_day, metric, metrics, readings
from clothier.insights.services import count_day, refresh
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.standards.models import Promise
from clothier.standards.services import ask_waiver, decide_waiver, sweep
from clothier.visits.services import answer_bell, arrive, greet, leave, ring_bell
from tests.checkout.facts import line, order, postage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 14)


def values(viewer=SYSTEM, start: date = TODAY, end: date = TODAY, **scope) -> dict[str, float | None]:
    return {r.metric.key: r.value for r in readings(viewer, start=start, end=end, **scope)}


@pytest.fixture
def day(cast, saturday):
    """Two visits, one greeted after 8 s who bought, one after 20 s who left; a bell answered after 30 s."""
    first = arrive(store=cast.store.pk)
    second = arrive(store=cast.store.pk)
    saturday.advance(8)
    greet(visit=first.pk, actor=cast.zhou.pk)
    bell = ring_bell(store=cast.store.pk, source="kiosk", zone=cast.coats.pk)
    saturday.advance(12)
    greet(visit=second.pk, actor=cast.zhou.pk)
    saturday.advance(18)
    answer_bell(bell=bell.pk, actor=cast.zhou.pk)
    leave(visit=first.pk, outcome="bought", actor=cast.zhou.pk)
    leave(visit=second.pk, outcome="left", actor=cast.zhou.pk)
    arrive(store=cast.store.pk)
    return cast


def test_the_days_figures_are_what_happened(day):
    refresh()
    found = values()
    assert (found["visits"], found["conversion"]) == (3, 0.5)
    assert (found["greeting_time"], found["bell_time"]) == (14, 30)
    assert found["promises_kept"] is not None
    assert (found["basket"], found["repurchase"]) == (None, None)


def test_sales_baskets_and_returning_buyers_add_up(cast, saturday):
    lin, sun = register(name="林晓"), register(name="孙悦")
    now, store = clock.now(), cast.store.pk
    record_orders(
        facts=[
            order("OLD", customer=lin, store=store, occurred_at=now - timedelta(days=30)),
            order("A1", line(quantity=3, price=10_000), postage(), customer=lin, store=store, occurred_at=now),
            order("A2", line(price=20_000), customer=sun, store=store, occurred_at=now),
            order("R1", line(quantity=-1, price=20_000), kind=OrderKind.RETURN, store=store, occurred_at=now),
        ]
    )
    refresh()
    found = values()
    assert (found["sales"], found["basket"], found["pieces"], found["repurchase"]) == (30_000, 25_000, 2.0, 0.5)


def test_a_day_told_about_late_is_counted_anew_and_only_that_day(cast, saturday):
    refresh()
    old = clock.now() - timedelta(days=40)
    record_sale(source="pos", number="LATE", store=cast.store.pk, lines=[line()], occurred_at=old)
    assert [(row.store_id, row.day) for row in TouchedDay.objects.all()] == [(cast.store.pk, date(2026, 10, 5))]
    assert refresh() == 1
    assert not TouchedDay.objects.exists()
    days = by_day(SYSTEM, metric("sales"), start=date(2026, 10, 4), end=date(2026, 10, 6))
    assert [day.value for day in days] == [0, 29_900, 0]
    assert refresh() == 0


@pytest.fixture
def late(cast, saturday):
    """A visit of Saturday's last quarter of an hour and a call; that day was counted. It is late on Monday."""
    saturday.advance((bounds(TODAY)[1] - clock.now()).total_seconds() - 15 * 60)
    visit = arrive(store=cast.store.pk)
    bell = ring_bell(store=cast.store.pk, source="kiosk", zone=cast.coats.pk)
    at = clock.now()
    saturday.advance(47 * 3600)
    sweep()
    TouchedDay.objects.all().delete()
    return visit, bell, at


def touched() -> set[tuple[int, date]]:
    return set(TouchedDay.objects.values_list("store_id", "day"))


def test_a_phone_that_was_offline_changes_the_day_its_visit_began(cast, late):
    visit, _bell, at = late
    greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=at + timedelta(minutes=45))
    assert touched() == {(cast.store.pk, TODAY)}


def test_an_arrival_told_late_changes_its_day(cast, late):
    arrive(store=cast.store.pk, occurred_at=late[2])
    assert touched() == {(cast.store.pk, TODAY)}


def test_a_call_answered_late_changes_the_day_it_was_rung(cast, late):
    _visit, bell, at = late
    answer_bell(bell=bell.pk, actor=cast.zhou.pk, occurred_at=at + timedelta(minutes=45))
    assert touched() == {(cast.store.pk, TODAY)}


def test_a_waiver_changes_the_day_of_its_verdict(cast, late, saturday):
    promise = Promise.objects.get(key="greet", subject_id=late[0].pk)
    asked = ask_waiver(viewer=cast.viewer(cast.zhou), promise_id=promise.pk, reason="停电")
    saturday.advance(20 * 86_400)
    decide_waiver(viewer=cast.viewer(cast.wu), waiver_id=asked.pk, approve=True)
    # Nobody could be greeted while the shop was closed: the clock ran out on Sunday morning.
    assert touched() == {(cast.store.pk, TODAY + timedelta(days=1))}


def test_what_is_told_in_time_asks_for_no_day(cast, late):
    visit = arrive(store=cast.store.pk)
    greet(visit=visit.pk, actor=cast.zhou.pk)
    assert touched() == set()


def test_counting_a_day_again_changes_nothing(day):
    refresh()
    before = sorted(DailyFigure.objects.values_list("store_id", "day", "measure", "amount"))
    count_day(stores=[day.store.pk], day=TODAY)
    assert sorted(DailyFigure.objects.values_list("store_id", "day", "measure", "amount")) == before


def test_a_manager_sees_the_own_store_and_head_office_all_of_them(day):
    record_sale(source="pos", number="H1", store=day.other_store.pk, lines=[line()])
    refresh()
    assert values()["sales"] == 29_900
    assert values(day.viewer(day.wu))["sales"] == 0
    assert values(day.viewer(day.wu), store=day.other_store.pk)["sales"] == 0
    assert values(store=day.other_store.pk)["sales"] == 29_900


def test_a_report_is_one_query_however_long_the_stretch(day, django_assert_num_queries):
    refresh()
    with django_assert_num_queries(1):
        readings(SYSTEM, start=date(2024, 1, 1), end=TODAY)


def test_a_metric_tells_its_course_day_by_day_and_over_years_in_stretches(day):
    record_sale(source="pos", number="B1", store=day.store.pk, lines=[line()])
    refresh()
    courses = {r.metric.key: r.course for r in readings(SYSTEM, start=TODAY - timedelta(days=2), end=TODAY)}
    assert courses["sales"] == (0.0, 0.0, 29_900.0)
    assert courses["basket"] == (None, None, 29_900.0)
    long = readings(SYSTEM, start=TODAY - timedelta(days=364), end=TODAY)[0].course
    assert len(long) == 92


def test_every_metric_says_what_it_is_and_where_it_comes_from():
    assert len({known.key for known in metrics()}) == len(metrics())
    for known in metrics():
        assert str(known.name)
        assert str(known.formula)
        assert str(known.source)


def test_days_on_which_no_worker_ran_are_counted_when_one_is_back(cast, saturday):
    refresh()
    record_sale(source="pos", number="S1", store=cast.store.pk, lines=[line()])
    saturday.advance(86_400)
    record_sale(source="pos", number="S2", store=cast.store.pk, lines=[line()])
    saturday.advance(4 * 86_400)
    refresh()
    days = by_day(SYSTEM, metric("sales"), start=TODAY, end=TODAY + timedelta(days=4))
    assert [day.value for day in days] == [29_900, 29_900, 0, 0, 0]
