"""The agenda in the browser: booked, moved, cancelled, undone, and what happens when two want the same time."""

import pytest
from django.test import Client

from clothier.bookings import services
from clothier.bookings.models import Appointment
from clothier.visits.models import Visit
from tests.bookings.test_slots import at

HTMX = {"HX-Request": "true"}

DAY = "/agenda/at/sh-nanjing/?day=2026-11-14"


@pytest.fixture
def booked(cast, stylist, lin):
    return services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13), purpose="参加婚礼")


def test_an_empty_day_says_so_and_leads_to_the_form(desk, cast):
    page = desk.get("/agenda/", follow=True).content.decode()
    assert "这一天还没有预约" in page
    assert "/agenda/at/sh-nanjing/appointments/new/" in page


def test_the_day_and_the_week_show_who_is_expected(desk, booked):
    for address in (DAY, "/agenda/at/sh-nanjing/week/?day=2026-11-14", "/agenda/at/sh-nanjing/print/?day=2026-11-14"):
        page = desk.get(address).content.decode()
        assert "林女士" in page, address
        assert "13:00–13:45" in page, address
    other = desk.get("/agenda/at/sh-nanjing/?day=2026-11-15").content.decode()
    assert "林女士" not in other
    # The other day's page has one day marked all the same.
    assert other.count('<i class="agenda__dot">') == 1
    assert other.index("?day=2026-11-14") < other.index('<i class="agenda__dot">') < other.index('aria-current="date"')


def test_one_persons_day_is_theirs(desk, booked, stylist, cast):
    assert "林女士" in desk.get(f"{DAY}&who={stylist.pk}").content.decode()
    assert "林女士" not in desk.get(f"{DAY}&who={cast.zhou.pk}").content.decode()
    assert desk.get(f"{DAY}&who=999999").status_code == 404


def test_a_day_costs_the_same_queries_with_one_and_with_many(
    desk, cast, booked, stylist, mei, django_assert_max_num_queries
):
    services.book(store=cast.store.pk, service="stylist", customer=mei, start=at(15))
    desk.get(DAY)
    with django_assert_max_num_queries(18):
        assert desk.get(DAY).status_code == 200


def test_free_times_follow_the_service_and_the_day(desk, stylist):
    page = desk.get("/agenda/at/sh-nanjing/slots/?service=stylist&day=2026-11-14", headers=HTMX).content.decode()
    assert "10:00–10:45" in page
    assert "钱宁" in page
    bare = desk.get("/agenda/at/sh-nanjing/slots/?service=stylist&day=2026-11-14")
    assert bare["Location"] == "/agenda/at/sh-nanjing/appointments/new/?service=stylist&day=2026-11-14"
    empty = desk.get("/agenda/at/sh-nanjing/slots/?service=stylist&day=2026-11-16", headers=HTMX).content.decode()
    assert "这一天约不到" in empty


def test_a_customer_is_found_and_booked_and_the_toast_takes_it_back(desk, cast, stylist, lin):
    page = desk.get("/agenda/at/sh-nanjing/appointments/new/?q=林&service=stylist&day=2026-11-14").content.decode()
    assert f'name="customer" value="{lin}"' in page
    told = {"service": "stylist", "day": "2026-11-14", "customer": lin, "start": at(13).isoformat(), "key": "one"}
    done = desk.post("/agenda/at/sh-nanjing/appointments/new/", told, follow=True)
    desk.post("/agenda/at/sh-nanjing/appointments/new/", told)
    row = Appointment.objects.get()
    assert (row.customer_id, row.booked_by_id, row.state) == (lin, cast.zhou.pk, "booked")
    undo = f"/agenda/appointments/{row.pk}/cancellation/"
    assert undo in done.content.decode()
    desk.post(undo)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("cancelled", "mistake")
    desk.post(f"/agenda/appointments/{row.pk}/restoration/")
    row.refresh_from_db()
    assert row.state == "booked"


def test_a_time_just_taken_keeps_what_was_typed_and_offers_the_next(desk, booked, mei):
    told = {"service": "stylist", "day": "2026-11-14", "customer": mei, "start": at(13).isoformat(), "purpose": "换季"}
    answer = desk.post("/agenda/at/sh-nanjing/appointments/new/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("约走" in page, "换季" in page, "14:00–14:45" in page) == (True, True, True)
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"start": ""}, {"start": "yesterday"}, {"customer": ""}, {"service": "nothing"}])
def test_what_is_missing_is_said_and_nothing_is_booked(desk, stylist, lin, wrong):
    told = {"service": "stylist", "day": "2026-11-14", "customer": lin, "start": at(13).isoformat()} | wrong
    assert desk.post("/agenda/at/sh-nanjing/appointments/new/", told).status_code == 422
    assert Appointment.objects.count() == 0


def test_moving_from_the_page_and_a_time_that_is_gone(desk, cast, booked, mei):
    services.book(store=cast.store.pk, service="stylist", customer=mei, start=at(15))
    gone = desk.post(f"/agenda/appointments/{booked.pk}/time/", {"start": at(15).isoformat(), "day": "2026-11-14"})
    assert gone.status_code == 422
    assert "可以改约" in gone.content.decode()
    assert desk.get(f"/agenda/appointments/{booked.pk}/time/").status_code == 200
    desk.post(f"/agenda/appointments/{booked.pk}/time/", {"start": at(16).isoformat()})
    booked.refresh_from_db()
    assert booked.at == at(16)


def test_a_route_is_prepared_on_the_page_and_the_arrival_is_one_tap(desk, cast, stylist, lin):
    stylist.skills = ["experience_officer"]
    stylist.save()
    row = services.book(store=cast.store.pk, service="experience_officer", customer=lin, start=at(15))
    desk.post(f"/agenda/appointments/{row.pk}/route/", {"zone0": cast.coats.pk, "brand0": "衣诺"})
    assert [(stop.zone_id, stop.brand) for stop in row.stops.all()] == [(cast.coats.pk, "衣诺")]
    assert "大衣区" in desk.get(f"/agenda/appointments/{row.pk}/").content.decode()
    desk.post(f"/agenda/appointments/{row.pk}/arrival/")
    assert Visit.objects.get().appointment_id == row.pk


def test_another_store_sees_nothing(cast, booked):
    cast.wu.home_store = cast.other_store
    cast.wu.save()
    stranger = Client()
    stranger.force_login(cast.wu.user)
    assert stranger.get(f"/agenda/appointments/{booked.pk}/").status_code == 404
    assert stranger.post(f"/agenda/appointments/{booked.pk}/cancellation/").status_code == 404
    booked.refresh_from_db()
    assert booked.state == "booked"


def test_a_search_finds_a_customers_appointments(desk, booked):
    assert "13:00–13:45" in desk.get("/agenda/at/sh-nanjing/search/?q=林").content.decode()
    assert "没有找到预约" in desk.get("/agenda/at/sh-nanjing/search/?q=不存在的人").content.decode()


def test_a_shift_taken_off_the_roster_shows_that_nobody_is_there(desk, booked, stylist):
    stylist.shifts.all().delete()
    assert "没有人接待" in desk.get(DAY).content.decode()


def test_a_calendar_is_subscribed_to_without_names_until_the_password_changes(cast, booked, stylist):
    from clothier.desks.agenda.feeds import seal
    from clothier.staff.models import User

    stylist.user = User.objects.create_user(username="e009", password="a password for tests")
    stylist.save()
    address = f"/agenda/feeds/{seal(cast.viewer(stylist))}.ics"
    file = Client().get(address).content.decode()
    assert ("BEGIN:VEVENT" in file, "DTSTART:20261114T050000Z" in file, "林" in file) == (True, True, False)
    assert Client().get(address.replace(".ics", "x.ics")).status_code == 404
    stylist.user.set_password("another password")
    stylist.user.save()
    assert Client().get(address).status_code == 404


def test_the_customers_profile_and_export_tell_of_it(cast, booked, lin, office):
    from clothier.customers.contracts import exports

    assert "造型顾问" in office.get(f"/customers/{lin}/").content.decode()
    assert [row["service"] for row in exports([lin])["appointments"]] == ["stylist"]


def test_the_floor_reads_the_route_before_and_at_the_arrival(desk, cast, stylist, lin):
    stylist.skills = ["experience_officer"]
    stylist.save()
    row = services.book(store=cast.store.pk, service="experience_officer", customer=lin, start=at(11, 30))
    services.prepare_route(appointment=row.pk, stops=[(cast.coats.pk, "衣诺"), (cast.entrance.pk, "")])
    assert "大衣区（衣诺） → 入口" in desk.get("/floor/").content.decode()
    desk.post(f"/agenda/appointments/{row.pk}/arrival/")
    assert "顾客已到" in desk.get("/floor/").content.decode()
