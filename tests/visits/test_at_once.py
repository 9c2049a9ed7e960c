"""Two at once, on a database that lets them."""

import threading
from collections.abc import Callable
from contextvars import copy_context

import pytest
from django.db import close_old_connections, connection

from clothier.bookings.models import Appointment
from clothier.kernel.errors import Refused
from clothier.visits import services
from clothier.visits.models import Bell, Room, Step, Visit
from tests.cast import assemble

LIN = 41
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def several_writers():
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite has one writer and shares no tables with other threads")


def together(*verbs: Callable[[], object]) -> list[object]:
    """What each gave, or the refusal it met; by the clock of whoever calls."""
    barrier, given = threading.Barrier(len(verbs)), []

    def run(verb: Callable[[], object]) -> None:
        try:
            barrier.wait()
            given.append(verb())
        except Exception as error:
            given.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=copy_context().run, args=(run, verb)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_two_visitors_said_to_be_one_member_at_once_are_not_both():
    cast = assemble()
    for _ in range(10):
        visits = [services.arrive(store=cast.store.pk).pk for _ in range(2)]
        given = together(
            *(lambda pk=pk: services.identify(visit=pk, customer=LIN, actor=cast.zhou.pk) for pk in visits)
        )
        assert {type(one) for one in given} == {Step, Refused}
        assert Visit.objects.filter(customer_id=LIN, left_at=None).count() == 1
        for pk in visits:
            services.leave(visit=pk, outcome="left")


def test_a_check_in_and_a_tapped_appointment_at_once_are_one_visit():
    cast = assemble()
    for _ in range(10):
        booked = Appointment.objects.create(store=cast.store, customer_id=LIN, at="2026-11-14T02:00Z")
        first, second = together(
            lambda: services.arrive(store=cast.store.pk, via="member_code", customer=LIN).pk,
            lambda booked=booked: services.arrive(store=cast.store.pk, via="appointment", appointment=booked.pk).pk,
        )
        assert first == second
        assert Visit.objects.get(pk=first).appointment_id == booked.pk
        services.leave(visit=first, outcome="left")


def test_the_same_tap_sent_four_times_at_once_is_one_step():
    cast = assemble()
    visit = services.arrive(store=cast.store.pk).pk
    given = together(
        *[lambda: services.offer_aid(visit=visit, actor=cast.zhou.pk, kind="bags", key="a tap").pk for _ in range(4)]
    )
    assert len(set(given)) == 1
    assert Step.objects.filter(kind="aid_offered").count() == 1


def test_a_bell_pressed_four_times_at_once_rings_once_and_is_answered_by_one():
    cast = assemble()
    given = together(
        *[lambda: services.ring_bell(store=cast.store.pk, source="kiosk", place="door").pk for _ in range(4)]
    )
    assert len(set(given)) == 1
    answered = together(
        *(lambda who=who: services.answer_bell(bell=given[0], actor=who.pk) for who in (cast.zhou, cast.wu))
    )
    assert sum(isinstance(one, Refused) for one in answered) == 1


def test_a_bell_pressed_while_its_visitor_leaves_does_not_ring_on():
    cast = assemble()
    room = Room.objects.create(store=cast.store, number="3")
    for _ in range(15):
        visit = services.arrive(store=cast.store.pk).pk
        services.open_fitting(visit=visit, room=room.pk, actor=cast.zhou.pk)
        left, rung, named = together(
            lambda visit=visit: services.leave(visit=visit, outcome="left"),
            lambda: services.ring_bell(store=cast.store.pk, source="fitting_room", room=room.pk),
            lambda visit=visit: services.ring_bell(store=cast.store.pk, source="qr", visit=visit),
        )
        assert not [one for one in (left, rung, named) if isinstance(one, Exception) and not isinstance(one, Refused)]
        assert not Bell.objects.filter(answered_at=None, cancelled_at=None, visit__left_at__isnull=False).exists()
        for bell in Bell.objects.filter(answered_at=None, cancelled_at=None):
            services.cancel_bell(bell=bell.pk)
