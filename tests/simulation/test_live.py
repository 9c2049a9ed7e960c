"""The living demo lets go of whatever a real person has touched."""

import threading
from datetime import timedelta

import numpy as np
import pytest
from django.db import OperationalError

from clothier.catalog.contracts import StockCount, StyleFacts, VariantFacts
from clothier.catalog.models import Sku
from clothier.catalog.services import set_stock, upsert_style
from clothier.customers.services import register
from clothier.kernel.clock import SimulatedClock
from clothier.simulation import live
from clothier.simulation.chain import ALWAYS_OPEN
from clothier.simulation.floor.agenda import Agenda
from clothier.simulation.floor.guest import Guest
from clothier.simulation.floor.habits import Habits
from clothier.simulation.floor.shop import Shop, people_who_sign_in
from clothier.simulation.floor.street import Door
from clothier.simulation.models import Visitor
from clothier.simulation.presence import left_behind
from clothier.staff.models import Employee, Shift
from clothier.visits.models import Step, Visit
from clothier.visits.services import arrive, greet

# Somebody who buys without trying on, from a colleague who forgets nothing.
SURE = Habits(never_greeted=0, only_looking=0, fits=0, buys_untried=1, member=0, aid=0)


@pytest.fixture
def colleague(cast, saturday) -> Employee:
    """Somebody without a sign-in, whom the simulation may play."""
    played = Employee.objects.create(number="s1", name="许晓月", role="associate", home_store=cast.store)
    Shift.objects.create(
        employee=played, store=cast.store, starts_at=saturday.now(), ends_at=saturday.now() + timedelta(hours=8)
    )
    shirt = StyleFacts("S1", "衬衫", "shirt", 29_900, variants=(VariantFacts("white", "M"),))
    upsert_style(style=shirt)
    set_stock(counts=[StockCount(cast.store.pk, Sku.objects.get().pk, 5)])
    return played


@pytest.fixture
def shop(cast, colleague) -> Shop:
    return Shop.open(cast.store.pk, humans=people_who_sign_in())


def live_on(agenda: Agenda, clock: SimulatedClock, *, acts: int = 100) -> None:
    while acts and (at := agenda.next_at()):
        clock.move_to(max(at, clock.now()))
        agenda.act()
        acts -= 1


def come_in(shop: Shop, habits: Habits = SURE) -> Agenda:
    agenda = Agenda()
    agenda.begin(Guest(shop, np.random.default_rng(3), lambda: habits).life())
    return agenda


def test_a_visitor_is_greeted_served_sold_to_and_seen_off(shop, colleague, saturday):
    live_on(come_in(shop), saturday)
    visit = Visit.objects.get()
    assert visit.outcome == "bought"
    assert list(Step.objects.order_by("id").values_list("kind", flat=True)) == [
        "arrived", "greeted", "stopped", "approached", "need_recorded", "proposed", "left",
    ]  # fmt: skip
    assert set(Step.objects.exclude(kind="stopped").values_list("by_id", flat=True)) == {colleague.pk}
    assert Visitor.objects.get().went_at == visit.left_at


def test_the_simulation_never_acts_in_the_name_of_somebody_who_signs_in(shop, cast):
    rng = np.random.default_rng(1)
    assert {shop.on_duty(post, rng) for post in ("greeter", "associate", "lead") for _n in range(9)} == {
        Employee.objects.get(number="s1").pk
    }


def test_a_visitor_whom_a_person_greets_is_that_persons(shop, cast, saturday):
    agenda = come_in(shop)
    live_on(agenda, saturday, acts=1)
    visit = Visit.objects.get()
    greet(visit=visit.pk, actor=cast.zhou.pk)
    live_on(agenda, saturday)
    visit.refresh_from_db()
    assert visit.left_at is None
    assert Step.objects.filter(visit=visit).count() == 2
    assert Visitor.objects.get().went_at == saturday.now()


def test_a_member_let_in_by_a_person_is_not_taken_over(shop, cast, saturday):
    lin = register(name="林", store=cast.store.pk)
    mine = arrive(store=cast.store.pk, customer=lin, via="member_code")
    saturday.advance(30)
    shop.members.append(lin)
    live_on(come_in(shop, Habits(member=1)), saturday)
    assert list(Visit.objects.values_list("pk", "left_at")) == [(mine.pk, None)]
    assert not Visitor.objects.exists()


def test_visitors_of_an_earlier_run_go_after_a_while_but_not_those_of_a_person(shop, cast, saturday):
    for _n in range(2):
        live_on(come_in(shop), saturday, acts=1)
    theirs, ours = Visit.objects.order_by("id")
    assert left_behind(store=cast.store.pk) == [theirs.pk, ours.pk]
    greet(visit=theirs.pk, actor=cast.zhou.pk)
    agenda = Agenda()
    for visit in left_behind(store=cast.store.pk):
        agenda.begin(live.farewell(shop, visit, np.random.default_rng(5)))
    live_on(agenda, saturday)
    assert set(Visit.objects.filter(left_at=None)) == {theirs}
    assert Visit.objects.get(pk=ours.pk).outcome == "left"
    assert left_behind(store=cast.store.pk) == []


def test_colleagues_leave_most_of_the_time_to_a_person_who_works(shop, cast, saturday):
    attention = live.Attention(shop)
    assert attention.habits().greet.late == 10
    greet(visit=arrive(store=cast.store.pk).pk, actor=cast.zhou.pk)
    saturday.advance(11)
    assert attention.habits().greet.soon > 8
    saturday.advance(200)
    assert attention.habits().greet.late == 10


@pytest.mark.parametrize(("hours", "rate"), [(1, True), (10.5, True), (11, False), (14, False)])
def test_nobody_comes_to_a_shut_shop_nor_shortly_before(shop, saturday, hours, rate):
    saturday.advance(hours * 3600)
    assert (Door(shop, "store", 10).rate() > 0) == rate


def test_the_always_open_shop_is_lively_at_any_hour(shop, saturday, cast):
    from clothier.simulation.stages.places import keep_open

    keep_open()
    keep_open()
    for _hour in range(24):
        saturday.advance(3600)
        assert Door(shop, ALWAYS_OPEN, 10).rate() >= 5


def test_the_demo_stops_when_told(db):
    stop = threading.Event()
    stop.set()
    live.run(stop)
    assert not Visit.objects.exists()


def test_a_visitor_whose_life_fails_goes_home(shop, saturday, monkeypatch):
    def locked(**_facts: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("clothier.simulation.floor.guest.visits.approach", locked)
    agenda = Agenda()
    agenda.begin(live._life(Guest(shop, np.random.default_rng(3), lambda: SURE)))
    live_on(agenda, saturday)
    assert Visit.objects.get().outcome == "left"
    assert Visitor.objects.get().went_at == saturday.now()


def test_a_door_that_fails_opens_again(shop, saturday, monkeypatch):
    monkeypatch.setattr(Door, "rate", lambda self: 1 / 0)
    door = live._door(Door(shop, "store", 10), np.random.default_rng(3), Habits, lambda guest: None)
    assert next(door) == live.AGAIN
    monkeypatch.undo()
    assert next(door) != live.AGAIN
