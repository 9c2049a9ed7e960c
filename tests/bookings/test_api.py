"""Bookings over the API: free times, a time that is gone, sign-ups; a key of another store reaches nothing."""

import pytest
from django.test import Client

from clothier.api.contracts import Scope
from clothier.api.keys import create_key
from clothier.bookings import services
from tests.api.conftest import Machine
from tests.bookings.test_slots import at


@pytest.fixture
def phone(cast) -> Machine:
    return Machine(Client(), create_key(name="mini program", scopes=[Scope.BOOKINGS_READ, Scope.BOOKINGS_WRITE]))


def test_a_time_is_found_booked_moved_and_given_up(phone, cast, stylist, lin):
    free = phone.get("slots", store="sh-nanjing", service="stylist", first="2026-11-14").json()
    assert free[0] == {"start": "2026-11-14T04:00:00Z", "end": "2026-11-14T04:45:00Z", "free": 1}
    wanted = {"store": "sh-nanjing", "service": "stylist", "customer": lin, "start": free[2]["start"]}
    done = phone.post("appointments", wanted, **{"Idempotency-Key": "a"})
    again = phone.post("appointments", wanted, **{"Idempotency-Key": "a"})
    assert (done.status_code, done.json()["id"]) == (201, again.json()["id"])
    number = done.json()["id"]
    moved = phone.post(f"appointments/{number}/time", {"start": free[0]["start"]}).json()
    assert moved["start"] == free[0]["start"]
    assert phone.get("appointments", customer=lin).json()["items"][0]["id"] == number
    assert phone.post(f"appointments/{number}/cancellation", {}).status_code in (200, 409)


def test_a_time_that_is_gone_is_answered_with_the_next(phone, cast, stylist, lin, mei):
    services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    wanted = {"store": "sh-nanjing", "service": "stylist", "customer": mei, "start": at(13).isoformat()}
    answer = phone.post("appointments", wanted)
    assert (answer.status_code, answer.json()["offers"][0]["start"]) == (409, "2026-11-14T06:00:00+00:00")


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "2026-11-13T05:00:00Z"},
        {"start": "1900-01-01T00:00:00Z"},
        {"start": "2026-11-14T05:00:00"},
        {"customer": 987654},
        {"customer": -1},
        {"service": "no_such"},
        {"store": "nowhere"},
    ],
)
def test_what_cannot_be_booked_is_not(phone, stylist, lin, wrong):
    wanted = {"store": "sh-nanjing", "service": "stylist", "customer": lin, "start": at(13).isoformat()} | wrong
    assert phone.post("appointments", wanted).status_code in (409, 422)
    assert phone.get("appointments").json()["items"] == []


def test_activities_are_signed_up_for_and_given_up(phone, cast, lin):
    plan = services.Plan(title="茶会", store=cast.store.pk, starts_at=at(15), ends_at=at(16), capacity=1)
    activity = services.announce(plan=plan).pk
    assert [one["left"] for one in phone.get("activities", store="sh-nanjing").json()] == [1]
    signed = phone.post(f"activities/{activity}/sign-ups", {"customer": lin}).json()
    assert (signed["state"], signed["rank"]) == ("seated", 0)
    gone = phone.post(f"activities/{activity}/sign-ups/{signed['id']}/cancellation", {}).json()
    assert gone["state"] == "cancelled"


def test_a_key_of_another_store_reaches_nothing(cast, stylist, lin):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    key = create_key(name="other", scopes=[Scope.BOOKINGS_READ, Scope.BOOKINGS_WRITE], stores=[cast.other_store.pk])
    stranger = Machine(Client(), key)
    assert stranger.post(f"appointments/{row.pk}/cancellation", {}).status_code == 404
    assert stranger.get("slots", store="sh-nanjing", service="stylist", first="2026-11-14").status_code == 422
    row.refresh_from_db()
    assert row.state == "booked"
