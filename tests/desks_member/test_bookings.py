"""The customer's own bookings on the phone: booked, given up, and nobody else's."""

import pytest

from clothier.bookings import services
from clothier.bookings.models import Appointment, SignUp
from tests.bookings.conftest import rooms, stylist
from tests.bookings.test_slots import at
from tests.desks_member.test_member_page import lin, phone

__all__ = ["lin", "phone", "rooms", "stylist"]


def test_a_time_is_booked_and_given_up_on_the_phone(phone, cast, rooms, lin):
    assert "15:00–15:30" in phone.get("/me/bookings/new/?store=sh-nanjing&service=fitting_room").content.decode()
    told = {"store": "sh-nanjing", "service": "fitting_room", "start": at(15).isoformat()}
    phone.post("/me/bookings/new/", told)
    row = Appointment.objects.get()
    assert (row.customer_id, row.via) == (lin, "member")
    assert "试衣间" in phone.get("/me/bookings/").content.decode()
    phone.post(f"/me/bookings/{row.pk}/cancellation/")
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_a_time_that_is_gone_is_answered_with_the_next(phone, cast, stylist):
    services.book(store=cast.store.pk, service="stylist", customer=77, start=at(13))
    answer = phone.post("/me/bookings/new/", {"store": "sh-nanjing", "service": "stylist", "start": at(13).isoformat()})
    assert (answer.status_code, "14:00–14:45" in answer.content.decode()) == (422, True)
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("start", ["", "soon", "2026-11-14T13:00"])
def test_a_time_that_is_none_books_nothing(phone, cast, rooms, start):
    told = {"store": "sh-nanjing", "service": "fitting_room", "start": start}
    assert phone.post("/me/bookings/new/", told).status_code == 422
    assert Appointment.objects.count() == 0


def test_signing_up_and_giving_up(phone, cast, lin):
    plan = services.Plan(title="冬日茶会", store=cast.store.pk, starts_at=at(15), ends_at=at(16), capacity=3)
    activity = services.announce(plan=plan).pk
    assert "冬日茶会" in phone.get("/me/bookings/").content.decode()
    phone.post(f"/me/activities/{activity}/sign-up/", {"seats": "2"})
    signed = SignUp.objects.get()
    assert (signed.customer_id, signed.seats, signed.via) == (lin, 2, "member")
    phone.post(f"/me/sign-ups/{signed.pk}/cancellation/")
    signed.refresh_from_db()
    assert signed.state == "cancelled"


def test_nobody_reaches_somebody_elses(phone, client, cast, stylist):
    row = services.book(store=cast.store.pk, service="stylist", customer=77, start=at(13))
    assert phone.post(f"/me/bookings/{row.pk}/cancellation/").status_code == 404
    row.refresh_from_db()
    assert row.state == "booked"
