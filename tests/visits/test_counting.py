"""What the customer's profile counts of visits, and forgets again when they were a slip."""

import itertools
from datetime import timedelta

import pytest

from clothier.customers.models import Encounter, Profile
from clothier.customers.selectors.proof import differences
from clothier.customers.services import uncount_visit
from clothier.eventlog.contracts import handler
from clothier.eventlog.deliveries import run_due
from clothier.eventlog.models import Delivery, Entry
from clothier.visits import services
from tests.customers.people import lin, somebody


@pytest.fixture
def customer(cast, saturday) -> int:
    """Lin, who was in the other store an hour ago."""
    pk = lin(store=cast.store.pk)
    past = services.arrive(store=cast.other_store.pk, customer=pk)
    services.leave(visit=past.pk, outcome="left")
    saturday.advance(3600)
    return pk


def counted(customer: int) -> tuple[int, int]:
    profile = Profile.objects.get(pk=customer)
    assert list(differences()) == []
    return profile.visits, profile.fittings


def test_an_arrival_taken_back_is_taken_off_the_profile(cast, saturday, customer):
    earlier = saturday.now() - timedelta(hours=1)
    visit = services.arrive(store=cast.store.pk, customer=customer)
    run_due()
    assert counted(customer) == (2, 0)
    services.undo(visit=visit.pk, actor=cast.zhou.pk)
    run_due()
    assert counted(customer) == (1, 0)
    profile = Profile.objects.get(pk=customer)
    assert (profile.last_visit_at, profile.store_id) == (earlier, cast.other_store.pk)


def test_the_only_visit_taken_back_leaves_none(cast, saturday):
    pk = lin(store=cast.other_store.pk)
    visit = services.arrive(store=cast.store.pk, customer=pk)
    run_due()
    services.undo(visit=visit.pk, actor=cast.zhou.pk)
    run_due()
    profile = Profile.objects.get(pk=pk)
    assert (profile.visits, profile.last_visit_at, profile.store_id) == (0, None, cast.other_store.pk)


def test_taking_a_visit_off_twice_takes_off_one(cast, customer):
    visit = services.arrive(store=cast.store.pk, customer=customer)
    run_due()
    assert [uncount_visit(visit_id=visit.pk), uncount_visit(visit_id=visit.pk)] == [True, False]
    assert counted(customer) == (1, 0)


def test_a_visit_identified_as_the_wrong_customer_moves_to_the_right_one_with_its_fitting(cast, customer):
    other = somebody("王芳")
    visit = services.arrive(store=cast.store.pk)
    services.identify(visit=visit.pk, customer=customer, actor=cast.zhou.pk)
    fitting = services.open_fitting(visit=visit.pk, actor=cast.zhou.pk)
    run_due()
    assert counted(customer) == (2, 1)
    services.undo(visit=visit.pk, actor=cast.zhou.pk)
    run_due()
    assert (counted(customer), counted(other)) == ((1, 0), (0, 0))
    services.identify(visit=visit.pk, customer=other, actor=cast.zhou.pk)
    run_due()
    assert (counted(customer), counted(other)) == ((1, 0), (1, 0))
    assert Encounter.objects.filter(ref_id=fitting.pk, kind="fitting").count() == 0


def test_whatever_the_order_of_deliveries_the_profile_is_the_same(cast, saturday, customer):
    other = somebody("王芳")
    run_due()
    visit = services.arrive(store=cast.store.pk)
    services.identify(visit=visit.pk, customer=other, actor=cast.zhou.pk)
    saturday.advance(1)
    services.undo(visit=visit.pk, actor=cast.zhou.pk)
    saturday.advance(1)
    services.identify(visit=visit.pk, customer=customer, actor=cast.zhou.pk)
    told = [(d.handler, d.entry) for d in Delivery.objects.select_related("entry").exclude(entry__customer_id=None)]
    assert len(told) == 3
    for order in itertools.permutations(told):
        for name, entry in order:
            handler(name).function([entry])
        assert (counted(customer), counted(other)) == ((2, 0), (0, 0))
        uncount_visit(visit_id=visit.pk)
    assert Entry.objects.filter(type="visit.step_undone").count() == 1
