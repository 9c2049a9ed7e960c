from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Model

from clothier.checkout.models import Order
from clothier.customers.models import Customer, Fact, Profile
from clothier.kernel.errors import Refused
from clothier.simulation.crowd import crowd
from clothier.simulation.models import Filling, Visitor
from clothier.simulation.selectors import demo_accounts, filled
from clothier.simulation.services import fill, indexes_last
from clothier.simulation.stages import history
from clothier.visits.models import Visit

PEOPLE = 40


def indexes(kind: type[Model]) -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, kind._meta.db_table)
    return {name for name, row in found.items() if row["index"]}


def test_an_interrupted_fill_continues_where_it_was(db, saturday):
    class Interrupted(Exception):
        pass

    def stop_at_the_indexes(stage: str, done: int, total: int) -> None:
        if stage == "索引" and done == 3:
            raise Interrupted

    with pytest.raises(Interrupted):
        fill(customers=PEOPLE, stores=2, styles=60, busiest=0, progress=stop_at_the_indexes)
    assert filled() is None
    before = (Order.objects.count(), Visit.objects.count(), Fact.objects.count())
    waiting = len(Filling.objects.get().aside)
    assert waiting > 10
    assert fill(customers=7, stores=1, busiest=0).customers == PEOPLE
    assert (Order.objects.count(), Visit.objects.count(), Fact.objects.count()) == before
    assert Filling.objects.get().aside == []


def test_a_fill_stopped_between_two_stretches_tells_nobody_twice(db, saturday, monkeypatch):
    monkeypatch.setattr(history, "SIZE", 20)

    class Interrupted(Exception):
        pass

    def stop_after_the_second(stage: str, done: int, total: int) -> None:
        if done == 40:
            raise Interrupted

    with pytest.raises(Interrupted):
        fill(customers=50, stores=2, styles=60, busiest=0, progress=stop_after_the_second)
    assert Customer.objects.count() == 20  # The second stretch was never committed.
    fill(busiest=0)
    assert sorted(Customer.objects.values_list("external_id", flat=True)) == [f"demo-{n:08d}" for n in range(1, 51)]


def test_indexes_that_a_killed_load_left_aside_are_back_before_the_shop_is_used_again(db, saturday):
    class Killed(Exception):
        pass

    Filling.objects.create(
        seed=1, customers=40, stores=2, styles=60, day=saturday.now().date(),
        started_at=saturday.now(), finished_at=saturday.now(),
    )  # fmt: skip
    before = indexes(Profile)
    with pytest.raises(Killed), indexes_last([Profile]):
        raise Killed
    assert "profile_layer" in before - indexes(Profile)
    # Who sets the same table aside again finds nothing more to drop, and loses nothing that waits.
    with pytest.raises(Killed), indexes_last([Profile]):
        raise Killed
    assert fill().customers == 40
    assert indexes(Profile) == before
    assert Filling.objects.get().aside == []


def test_the_first_customers_are_the_same_however_many_follow(monkeypatch):
    few, many = (crowd(seed=1, first=20, customers=20, store_weights=[1.0, 2.0]) for _ in range(2))
    assert few.names == many.names
    assert crowd(seed=1, first=0, customers=20, store_weights=[1.0, 2.0]).names != few.names


def test_a_real_shop_is_left_alone(cast):
    with pytest.raises(Refused):
        fill(customers=PEOPLE)
    assert not Filling.objects.exists()


def test_production_has_no_demo(db, settings):
    settings.PRODUCTION = True
    assert demo_accounts() == []
    with pytest.raises(Refused):
        fill(customers=PEOPLE)


def test_the_shops_have_lived_for_hours_when_the_demo_opens(db, saturday):
    opened = saturday.now()
    fill(customers=PEOPLE, stores=2, styles=60, busiest=8)
    came = Visit.objects.filter(pk__in=Visitor.objects.values("visit_id"))
    assert came.count() > 3
    assert not came.filter(left_at__gt=opened).exists()
    assert min(visit.arrived_at for visit in came) >= opened - timedelta(hours=3)
    assert max(visit.arrived_at for visit in came) <= opened == saturday.now()
