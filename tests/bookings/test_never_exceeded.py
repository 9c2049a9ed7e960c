"""Whatever is asked in whatever order: nobody is in two places, and no seat is given twice."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clothier.bookings import services
from clothier.bookings.contracts import SlotTaken
from clothier.bookings.models import Activity, Appointment, Hold, SignUp
from clothier.bookings.proof import booking_differences
from clothier.kernel.errors import Refused
from tests.bookings.test_slots import at

HOURS = st.integers(10, 17)
CUSTOMERS = st.integers(101, 104)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("book"), CUSTOMERS, HOURS),
        st.tuples(st.just("move"), st.integers(0, 5), HOURS),
        st.tuples(st.just("cancel"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("reopen"), st.integers(0, 5), st.just(0)),
    ),
    max_size=14,
)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_a_stylist_is_never_in_two_places(cast, stylist, moves):
    Hold.objects.all().delete()
    Appointment.objects.all().delete()
    for what, who, hour in moves:
        ids = list(Appointment.objects.order_by("pk").values_list("pk", flat=True))
        try:
            if what == "book":
                services.book(store=cast.store.pk, service="stylist", customer=who, start=at(hour))
            elif ids and what == "move":
                services.reschedule(appointment=ids[who % len(ids)], start=at(hour, 30))
            elif ids and what == "cancel":
                services.cancel(appointment=ids[who % len(ids)])
            elif ids:
                services.reopen(appointment=ids[who % len(ids)])
        except Refused:
            pass
        spans = sorted((row.at, row.ends_at) for row in Appointment.objects.filter(state="booked"))
        assert all(end + timedelta(minutes=15) <= start for (_, end), (start, _) in pairwise(spans))
        assert list(booking_differences()) == []


SEATS = st.lists(
    st.tuples(st.sampled_from(["sign", "cancel", "attend", "more"]), st.integers(1, 9), st.integers(1, 4)), max_size=25
)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=SEATS)
def test_seats_add_up_and_nobody_waits_for_a_free_one(cast, moves):
    Activity.objects.all().delete()
    plan = services.Plan(title="茶会", store=cast.store.pk, starts_at=at(15), ends_at=at(16), capacity=5)
    activity = services.announce(plan=plan).pk
    for what, who, seats in moves:
        signed = SignUp.objects.filter(activity=activity, customer_id=who).order_by("-pk").first()
        try:
            if what == "sign":
                services.sign_up(activity=activity, customer=who, seats=seats)
            elif what == "more":
                told = services.Plan(
                    title="茶会", store=cast.store.pk, starts_at=at(15), ends_at=at(16), capacity=4 + who
                )
                services.change(activity=activity, plan=told)
            elif signed and what == "cancel":
                services.cancel_sign_up(sign_up=signed.pk)
            elif signed:
                services.attend(sign_up=signed.pk)
        except Refused:
            pass
        row = Activity.objects.get(pk=activity)
        taken = sum(SignUp.objects.filter(activity=activity, state="seated").values_list("seats", flat=True))
        assert row.taken == taken <= (row.capacity or 0)
        assert list(booking_differences()) == []


def test_the_proof_names_what_is_wrong(cast, stylist, lin):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    Hold.objects.filter(appointment=row).first().delete()
    Hold.objects.filter(appointment=row).first().delete()
    talk = Activity.objects.create(store=cast.store, title="课", starts_at=at(15), ends_at=at(16), capacity=3, taken=2)
    assert [(one.kind, one.id, one.column) for one in booking_differences()] == [
        ("appointment", row.pk, "holds"),
        ("activity", talk.pk, "taken"),
    ]


def test_the_constraint_stands_even_when_a_verb_is_wrong(cast, stylist, lin, mei, monkeypatch):
    """As if two had looked at the same free time: the second finds it given and hears what is free."""
    from clothier.bookings.services import booking

    seen = booking._slot(cast.store.pk, booking.service_rule("stylist"), at(13), staff=True, employee=None)
    services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    monkeypatch.setattr(booking, "_slot", lambda *_, **__: seen)
    with pytest.raises(SlotTaken) as gone:
        services.book(store=cast.store.pk, service="stylist", customer=mei, start=at(13))
    assert gone.value.offers[0].start == at(14)
    assert Appointment.objects.count() == 1


def test_a_cancellation_is_not_taken_back_beside_the_same_booking_made_again(cast, rooms):
    """Four fitting rooms are free at that hour, so nothing but the customer stands in the way."""
    asked = {"store": cast.store.pk, "service": "fitting_room", "customer": 101}
    first, later = (services.book(**asked, start=at(hour)) for hour in (13, 15))
    services.cancel(appointment=first.pk)
    again = services.book(**asked, start=at(13))
    with pytest.raises(Refused, match="已经约了这个时间"):
        services.reopen(appointment=first.pk)
    with pytest.raises(Refused, match="已经约了这个时间"):
        services.reschedule(appointment=later.pk, start=at(13))
    assert set(Appointment.objects.filter(state="booked").values_list("pk", "at")) == {
        (again.pk, at(13)),
        (later.pk, at(15)),
    }
    assert list(booking_differences()) == []
