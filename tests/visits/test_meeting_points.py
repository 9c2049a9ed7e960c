"""Where two ways into a visit meet, and what nobody said farewell to."""

from datetime import timedelta

import pytest

from clothier.bookings.models import Appointment
from clothier.bookings.selectors import appointments_today
from clothier.kernel.errors import Refused
from clothier.standards.models import Promise
from clothier.standards.services import sweep
from clothier.visits import services
from clothier.visits.models import Visit
from clothier.visits.selectors import here

LIN = 41


def test_a_member_who_checked_in_before_the_greeter_tapped_the_appointment_is_one_visit(cast, saturday, log):
    booked = Appointment.objects.create(store=cast.store, customer_id=LIN, at=saturday.now())
    first = services.arrive(store=cast.store.pk, via="member_code", customer=LIN)
    again = services.arrive(store=cast.store.pk, via="appointment", appointment=booked.pk, actor=cast.zhou.pk)
    assert (again.pk, again.appointment_id) == (first.pk, booked.pk)
    assert log() == ["visit.arrived", "appointment.checked_in"]
    day = {"start": saturday.now(), "end": saturday.now() + timedelta(days=1)}
    assert appointments_today(cast.viewer(cast.zhou), store=cast.store.pk, **day) == []


def test_an_identification_told_twice_of_a_moment_before_the_arrival_is_one(cast, saturday, visit, log):
    told = {"visit": visit.pk, "customer": LIN, "actor": cast.zhou.pk, "key": "a phone behind"}
    early = saturday.now() - timedelta(minutes=1)
    first = services.identify(**told, occurred_at=early)
    assert services.identify(**told, occurred_at=early).pk == first.pk
    assert log() == ["visit.arrived", "visit.identified"]


def test_an_earlier_approach_told_late_asks_for_no_second_proposal(cast, saturday, visit, qian):
    began = saturday.now()
    saturday.advance(30)
    services.approach(visit=visit.pk, actor=cast.zhou.pk)
    services.record_need(visit=visit.pk, actor=cast.zhou.pk, occasion="commute")
    services.propose(visit=visit.pk, actor=cast.zhou.pk, style_ids=[1])
    saturday.advance(1800)
    services.approach(visit=visit.pk, actor=qian.pk, occurred_at=began + timedelta(seconds=10))
    assert list(Promise.objects.filter(key="propose").values_list("state", flat=True)) == ["kept"]


def test_an_approach_by_mistake_starts_its_clock_anew_when_it_is_real(cast, saturday, visit):
    services.approach(visit=visit.pk, actor=cast.zhou.pk)
    services.undo(visit=visit.pk, actor=cast.zhou.pk)
    services.approach(visit=visit.pk, actor=cast.zhou.pk)
    states = Promise.objects.filter(key="propose").order_by("id").values_list("state", flat=True)
    assert list(states) == ["cancelled", "running"]


def test_who_left_unseen_is_gone_by_the_end_of_the_day_and_arrives_anew_the_next(cast, saturday, log):
    forgotten = services.arrive(store=cast.store.pk, customer=LIN)
    saturday.advance(60)
    services.approach(visit=forgotten.pk, actor=cast.zhou.pk)
    saturday.advance(3600)
    busy = services.arrive(store=cast.store.pk)
    saturday.advance(3 * 3600)
    assert services.see_off() == 0
    saturday.advance(2 * 3600)
    assert services.see_off() == 1
    forgotten.refresh_from_db()
    assert (forgotten.left_at, forgotten.outcome) == (saturday.now(), "left")
    assert [visit.id for visit in here(cast.viewer(cast.zhou), store=cast.store.pk)] == [busy.pk]
    assert services.see_off() == 0
    saturday.advance(18 * 3600)
    assert services.arrive(store=cast.store.pk, customer=LIN).pk != forgotten.pk
    # The record of the visit is still owed.
    assert Promise.objects.filter(key="service_record", subject_id=forgotten.pk).count() == 1


def test_seeing_off_closes_a_broken_promise_and_makes_it_no_better(cast, saturday, visit):
    saturday.advance(7 * 3600)
    sweep()
    assert services.see_off() == 1
    saturday.advance(1)
    with pytest.raises(Refused, match="离店"):
        services.greet(visit=visit.pk, actor=cast.zhou.pk)
    greeting = Promise.objects.get(key="greet", subject_id=visit.pk)
    assert (greeting.state, greeting.closed_at) == ("broken", Visit.objects.get().left_at)
