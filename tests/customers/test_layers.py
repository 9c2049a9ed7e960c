from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.db import transaction
from django.db.models.expressions import RawSQL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clothier.customers.contracts import Purchase
from clothier.customers.models import Encounter, Profile, Relayering
from clothier.customers.rules.layer_sql import layer_sql
from clothier.customers.rules.layers import Standing, place
from clothier.customers.rules.placing import changes_at
from clothier.customers.selectors import next_due
from clothier.customers.selectors.counting import DAYS
from clothier.customers.services import (
    catch_up,
    look_again_at_everybody,
    note_purchase,
    note_purchases,
    note_return,
    note_visit,
    placing,
    recounting,
    refresh_layers,
)
from clothier.customers.standing import ladder
from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.kernel.columns import NEVER
from tests.customers.people import somebody

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
NOW, EPOCH = datetime(2026, 11, 14, 2, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)


def buy(pk, number, fen=100_000, ago=0, **more):
    at = clock.now() - ago * DAY
    return note_purchase(Purchase(number, pk, occurred_at=at, spend_fen=fen, items=1, margin_fen=fen // 2, **more))


def layer(pk):
    return Profile.objects.get(pk=pk).layer


def test_an_order_is_counted_once(saturday):
    pk = somebody()
    assert [buy(pk, 1), buy(pk, 1)] == [True, False]
    profile = Profile.objects.get(pk=pk)
    assert (profile.orders, profile.spend_fen, profile.margin_fen, profile.layer) == (1, 100_000, 50_000, "new")


def test_layers_follow_the_house_rules(saturday):
    vip, frequent, promising = somebody("甲"), somebody("乙"), somebody("丙")
    for n in range(4):
        buy(vip, n, 500_000, ago=n * 30)
    for n in range(6):
        buy(frequent, 10 + n, 10_000, ago=100 - n)
    for n in range(2):
        buy(promising, 20 + n, 100_000, ago=170 - n)
    assert [layer(pk) for pk in (vip, frequent, promising)] == ["vip", "high_frequency", "promising"]


def test_time_alone_moves_a_customer_and_only_those_due_are_touched(saturday):
    pk, other = somebody("甲"), somebody("乙")
    for n in range(2):
        buy(pk, n, 150_000, ago=70)
    assert layer(pk) == "promising"
    assert refresh_layers() == 0
    seen = []
    for _ in range(6):
        due = Profile.objects.get(pk=pk).next_layer_change_at
        if due is None:
            break
        saturday.move_to(due)
        assert refresh_layers() == 1
        seen.append(layer(pk))
    assert seen[-1] == "lost"
    assert "dormant" in seen
    assert Profile.objects.get(pk=pk).next_layer_change_at is None
    assert layer(other) == "regular"
    moved = Entry.objects.filter(type="customer.layer_changed", customer_id=pk)
    assert moved.last().payload == {"customer_id": pk, "was": "dormant", "layer": "lost"}


def test_a_return_takes_its_money_out_again(saturday):
    pk = somebody()
    buy(pk, 1, 2_500_000)
    note_return(customer_id=pk, return_id=1, occurred_at=clock.now(), refund_fen=2_400_000, margin_fen=1_200_000)
    profile = Profile.objects.get(pk=pk)
    assert (profile.orders, profile.returns, profile.spend_fen, profile.window_spend_fen) == (1, 1, 100_000, 100_000)


def test_counting_a_purchase_asks_a_fixed_number_of_questions(saturday, django_assert_num_queries):
    pk = somebody()
    for n in range(30):
        buy(pk, n, 1_000, ago=n)
    with django_assert_num_queries(6 + 2):  # two for the savepoint
        buy(pk, 99, 1_000)


def test_visits_count_once_and_leave_the_layer_alone(saturday):
    pk = somebody()
    assert [note_visit(customer_id=pk, visit_id=5), note_visit(customer_id=pk, visit_id=5)] == [True, False]
    profile = Profile.objects.get(pk=pk)
    assert (profile.visits, profile.last_visit_at, profile.layer) == (1, saturday.now(), "regular")


orders = st.lists(st.tuples(st.integers(0, 800), st.integers(1, 900_000)), max_size=12)


@settings(max_examples=20, deadline=None)
@given(orders=orders, later=st.integers(0, 400))
def test_one_by_one_in_bulk_and_counted_anew_give_the_same_profile(orders, later):
    now = datetime(2026, 11, 14, tzinfo=UTC)
    with clock.simulated(now) as moving:
        one, bulk = somebody("甲"), somebody("乙")
        for n, (ago, fen) in enumerate(orders):
            buy(one, one * 100 + n, fen, ago=ago)
        assert note_purchases(
            Purchase(bulk * 100 + n, bulk, now - ago * DAY, fen, 1, fen // 2) for n, (ago, fen) in enumerate(orders)
        ) == len(orders)
        moving.advance(later * 86_400)
        while refresh_layers():
            pass
        first, second = Profile.objects.get(pk=one), Profile.objects.get(pk=bulk)
        same = ("layer", "orders", "spend_fen", "window_orders", "window_spend_fen", "next_layer_change_at", *DAYS)
        assert [getattr(first, f) for f in same] == [getattr(second, f) for f in same]
        assert first.layer == place(_standing(one, moving.now()), ladder(), moving.now()).layer


def _standing(pk, now):
    deeds = list(Encounter.objects.filter(customer=pk).order_by("occurred_at"))
    inside = [d for d in deeds if d.occurred_at > now - ladder().window]
    return Standing(
        len(deeds),
        deeds[0].occurred_at if deeds else None,
        deeds[-1].occurred_at if deeds else None,
        len(inside),
        sum(d.spend_fen for d in inside),
        sum(d.margin_fen for d in inside),
        inside[0].occurred_at if inside else None,
    )


MOMENTS = st.none() | st.integers(-3, 800).map(lambda days: NOW - days * DAY) | st.just(NOW - 90 * DAY + SECOND)
STANDINGS = st.builds(
    Standing,
    orders=st.integers(0, 9),
    first_purchase_at=MOMENTS,
    last_purchase_at=MOMENTS,
    window_orders=st.integers(0, 9),
    window_spend_fen=st.integers(-10_000, 3_000_000),
    window_margin_fen=st.integers(-10_000, 900_000),
    window_oldest_at=MOMENTS,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(standings=st.lists(STANDINGS, max_size=8))
def test_many_are_placed_at_once_as_each_is_alone(standings):
    def micros(moment):
        return NEVER if moment is None else (moment - EPOCH) // timedelta(microseconds=1)

    moments = ("first_purchase_at", "last_purchase_at", "window_oldest_at")
    columns = {name: np.array([micros(getattr(row, name)) for row in standings], dtype=np.int64) for name in moments}
    limits = ladder()
    alone = [place(row, limits, NOW) for row in standings]
    assert changes_at(**columns, limits=limits, now=micros(NOW)).tolist() == [micros(one.changes_at) for one in alone]
    people = [somebody(f"甲{n}") for n in range(len(standings))]
    for pk, standing in zip(people, standings, strict=True):
        Profile.objects.filter(pk=pk).update(**asdict(standing))
    layers = RawSQL(layer_sql(limits, NOW), ())
    found = Profile.objects.filter(pk__in=people).order_by("pk").annotate(now=layers).values_list("now", flat=True)
    assert list(found) == [one.layer for one in alone]


def test_everybody_is_placed_in_stretches_as_one_by_one(saturday, monkeypatch):
    people = [somebody(f"甲{n}") for n in range(5)]
    for n, pk in enumerate(people[:4]):
        for k in range(n + 1):
            buy(pk, 10 * n + k, 150_000 * n, ago=60 * k)
    note_return(customer_id=people[1], return_id=1, occurred_at=clock.now(), refund_fen=5_000)
    saturday.advance(100 * DAY.total_seconds())
    monkeypatch.setattr(placing, "STRETCH", 2)
    with transaction.atomic():
        Profile.objects.update(next_layer_change_at=clock.now())
        while refresh_layers(limit=10):
            pass
        alone, told = standing_rows(), Entry.objects.filter(type="customer.layer_changed").count()
        transaction.set_rollback(True)
    look_again_at_everybody(at=clock.now())
    while catch_up():
        pass
    assert not Relayering.objects.exists()
    assert standing_rows() == alone
    assert Entry.objects.filter(type="customer.layer_changed").count() == told


def standing_rows() -> list[tuple]:
    names = (
        "pk",
        "layer",
        "layer_since",
        "next_layer_change_at",
        "window_orders",
        "window_spend_fen",
        "window_oldest_at",
    )
    return list(Profile.objects.order_by("pk").values_list(*names))


def test_whoever_buys_before_new_rules_hold_is_placed_when_they_do(saturday, monkeypatch):
    pk = somebody()
    buy(pk, 1, 400_000)
    tomorrow = clock.now() + DAY
    look_again_at_everybody(at=tomorrow)
    buy(pk, 2, 400_000)
    assert [catch_up(), next_due()] == [0, tomorrow]
    saturday.move_to(tomorrow)
    half = replace(ladder(), window=timedelta(hours=12))
    for module in (placing, recounting):
        monkeypatch.setattr(module, "ladder", lambda: half)
    while catch_up():
        pass
    profile = Profile.objects.get(pk=pk)
    assert (profile.window_orders, profile.window_seconds, profile.orders) == (0, 43_200, 2)


def test_purchase_days_are_the_shops_and_a_late_told_one_is_found_its_place(saturday):
    pk = somebody()
    buy(pk, 1, 10_000, ago=20)
    buy(pk, 2, 20_000, ago=20)
    buy(pk, 3, 30_000)
    buy(pk, 4, 40_000, ago=10)  # between what is known: its day is new
    buy(pk, 5, 50_000, ago=10)  # and is no more
    profile = Profile.objects.get(pk=pk)
    today = date(2026, 11, 14).toordinal()
    assert [getattr(profile, name) for name in DAYS] == [3, today - 20, today, 30_000, 120_000]
    buy(pk, 6, 60_000, ago=30)  # before the first: what was first is repeat spend now
    profile.refresh_from_db()
    assert [getattr(profile, name) for name in DAYS] == [4, today - 30, today, 60_000, 150_000]
    night = Purchase(7, pk, datetime(2026, 11, 14, 16, 30, tzinfo=UTC), 1_000, 1)
    with clock.simulated(night.occurred_at):
        note_purchase(night)  # half past midnight in Shanghai
    profile.refresh_from_db()
    assert (profile.purchase_days, profile.last_day) == (5, today + 1)
