"""A time booked on the shop's screen with the member's code."""

import pytest

from clothier.bookings.models import Appointment
from clothier.customers.services import register
from clothier.loyalty.selectors import code_of
from tests.bookings.conftest import rooms, stylist
from tests.bookings.test_slots import at
from tests.desks_kiosk.test_kiosk import HOME, screen

__all__ = ["rooms", "screen", "stylist"]
BOOK = f"{HOME}bookings/"


@pytest.fixture
def lin(cast) -> int:
    return register(name="林晓", source="store", store=cast.store.pk)


def asked(code: str, service: str = "fitting_room", start: str | None = None) -> dict[str, str]:
    return {"service": service, "start": start or at(15).isoformat(), "value": code}


def test_a_free_room_is_booked_with_a_code_that_serves_once(screen, cast, rooms, lin):
    assert "15:00–15:30" in screen.get(f"{BOOK}?service=fitting_room").content.decode()
    code = code_of(lin)
    answer = screen.post(BOOK, asked(code))
    row = Appointment.objects.get()
    assert (row.customer_id, row.via, row.service, row.store_id) == (lin, "kiosk", "fitting_room", cast.store.pk)
    assert ("约好了" in answer.content.decode(), "林晓" in answer.content.decode()) == (True, False)
    again = screen.post(BOOK, asked(code, start=at(16).isoformat()))
    assert (again.status_code, Appointment.objects.count()) == (422, 1)


def test_what_is_gone_is_answered_with_the_next(screen, cast, stylist, lin):
    screen.post(BOOK, asked(code_of(lin), "stylist", at(13).isoformat()))
    zhou = register(name="周明", source="store")
    answer = screen.post(BOOK, asked(code_of(zhou), "stylist", at(13).isoformat()))
    assert (answer.status_code, "14:00–14:45" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    "told", [{"value": ""}, {"value": "29000"}, {"start": "soon"}, {"start": "2026-11-14T13:00"}, {"service": "nails"}]
)
def test_what_is_not_whole_books_nothing(screen, rooms, lin, told):
    answer = screen.post(BOOK, asked(code_of(lin)) | told)
    assert (answer.status_code, Appointment.objects.count()) == (422, 0)


def test_what_only_some_tiers_may_book_is_not_offered(screen, cast):
    page = screen.get(BOOK).content.decode()
    assert ("造型顾问" in page, "体验官" in page) == (True, False)
