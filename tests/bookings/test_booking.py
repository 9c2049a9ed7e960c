"""Giving somebody a time, moving it, giving it back."""

from datetime import timedelta

import pytest

from clothier.bookings import services
from clothier.bookings.contracts import SlotTaken
from clothier.bookings.models import Appointment, Hold
from clothier.bookings.selectors import slots
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.standards.contracts import customer_tiers
from clothier.visits import services as visits
from clothier.visits.models import Task
from tests.bookings.test_slots import SATURDAY, at


def told() -> list[str]:
    types = Entry.objects.filter(subject_kind="appointment").order_by("id")
    return list(types.values_list("type", flat=True))


def test_who_comes_second_hears_what_is_free_next(cast, stylist, lin, mei):
    first = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    with pytest.raises(SlotTaken, match="约走") as gone:
        services.book(store=cast.store.pk, service="stylist", customer=mei, start=at(13))
    assert [offer.start for offer in gone.value.offers] == [at(14), at(14, 30), at(15)]
    assert (first.employee_id, first.minutes, told()) == (stylist.pk, 45, ["appointment.booked"])


def test_the_same_key_books_once(cast, stylist, lin):
    again = [
        services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13), key="a tap").pk
        for _ in range(2)
    ]
    assert len(set(again)) == 1
    assert told() == ["appointment.booked"]


def test_a_customer_books_no_more_than_the_house_rules_allow(cast, rooms, lin):
    for hour in (13, 15):
        services.book(store=cast.store.pk, service="fitting_room", customer=lin, start=at(hour))
    with pytest.raises(Refused, match="2 个"):
        services.book(store=cast.store.pk, service="fitting_room", customer=lin, start=at(17))


def test_an_experience_officer_is_for_the_tiers_that_the_rules_name(cast, stylist, lin, monkeypatch):
    stylist.skills = ["experience_officer"]
    stylist.save()
    wanted = {"store": cast.store.pk, "service": "experience_officer", "customer": lin, "start": at(15)}
    with pytest.raises(Refused, match="会员等级"):
        services.book(**wanted, via="member")
    monkeypatch.setattr(customer_tiers, "_answer", lambda customers: dict.fromkeys(customers, "gold"))
    assert services.book(**wanted, via="member").employee_id == stylist.pk


def test_who_missed_three_books_through_the_store(cast, stylist, rooms, lin):
    Appointment.objects.bulk_create(
        Appointment(store=cast.store, customer_id=lin, at=at(12, day=day), service="stylist", state="missed")
        for day in (1, 2, 3)
    )
    wanted = {"store": cast.store.pk, "service": "fitting_room", "customer": lin, "start": at(15)}
    with pytest.raises(Refused, match="没有到店"):
        services.book(**wanted, via="member")
    assert services.book(**wanted).state == "booked"


def test_moving_frees_the_old_time_and_keeps_the_person(cast, stylist, lin, mei):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    moved = services.reschedule(appointment=row.pk, start=at(13, 30))
    assert (moved.pk, moved.at, moved.employee_id) == (row.pk, at(13, 30), stylist.pk)
    assert Hold.objects.count() == 4
    with pytest.raises(SlotTaken):
        services.book(store=cast.store.pk, service="stylist", customer=mei, start=at(14))
    assert services.book(store=cast.store.pk, service="stylist", customer=mei, start=at(12, 30)).pk
    assert told() == ["appointment.booked", "appointment.rescheduled", "appointment.booked"]


def test_a_move_to_a_time_that_is_gone_leaves_everything_as_it_was(cast, stylist, lin, mei):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    services.book(store=cast.store.pk, service="stylist", customer=mei, start=at(15))
    with pytest.raises(SlotTaken):
        services.reschedule(appointment=row.pk, start=at(15))
    row.refresh_from_db()
    assert (row.at, Hold.objects.filter(appointment=row).count()) == (at(13), 4)


def test_a_customer_cancels_until_the_deadline_and_the_store_always(cast, stylist, lin, saturday):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    saturday.advance(2 * 3600)
    with pytest.raises(Refused, match="太近"):
        services.cancel(appointment=row.pk, via="member")
    services.cancel(appointment=row.pk, actor=cast.wu.pk)
    again = services.cancel(appointment=row.pk)
    assert (again.state, Hold.objects.count()) == ("cancelled", 0)
    assert told() == ["appointment.booked", "appointment.cancelled"]
    assert Entry.objects.get(type="appointment.cancelled").payload["late"] is True


def test_when_the_store_cancels_somebody_calls_the_customer(cast, stylist, lin):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    services.cancel(appointment=row.pk, reason="store")
    task = Task.objects.get()
    assert (task.assignee_id, f"预约 {row.pk}" in task.title) == (stylist.pk, True)


def test_a_cancellation_is_taken_back_while_the_time_is_free(cast, stylist, lin, mei):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    services.cancel(appointment=row.pk)
    assert services.reopen(appointment=row.pk).state == "booked"
    assert Hold.objects.filter(appointment=row).count() == 4
    services.cancel(appointment=row.pk)
    services.book(store=cast.store.pk, service="stylist", customer=mei, start=at(13))
    with pytest.raises(SlotTaken):
        services.reopen(appointment=row.pk)
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_nobody_is_waited_for_longer_than_the_rules_say(cast, stylist, lin, saturday):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    saturday.move_to(at(13, 14))
    assert services.note_missed() == 0
    saturday.move_to(at(13, 15))
    assert services.note_missed() == 1
    assert services.note_missed() == 0
    row.refresh_from_db()
    assert (row.state, Hold.objects.count()) == ("missed", 0)
    assert at(13, 30) in [
        slot.start for slot in slots(store=cast.store.pk, service="stylist", first=SATURDAY, staff=True)
    ]


def test_who_comes_late_has_not_missed_it_and_a_slip_of_the_thumb_waits_again(cast, stylist, lin, saturday):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    saturday.move_to(at(13, 30))
    services.note_missed()
    visit = visits.arrive(store=cast.store.pk, via="member_code", customer=lin, actor=cast.zhou.pk)
    row.refresh_from_db()
    assert (visit.appointment_id, row.state) == (row.pk, "arrived")
    visits.undo(visit=visit.pk, actor=cast.zhou.pk)
    row.refresh_from_db()
    assert row.state == "booked"
    assert told()[1:] == ["appointment.missed", "appointment.checked_in", "appointment.check_in_undone"]


def test_an_unknown_visitor_who_gives_the_code_comes_for_the_appointment(cast, stylist, lin):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(11))
    visit = visits.arrive(store=cast.store.pk)
    step = visits.identify(visit=visit.pk, customer=lin, actor=cast.zhou.pk)
    row.refresh_from_db()
    assert row.state == "arrived"
    visits.undo(visit=visit.pk, step=step.pk, actor=cast.zhou.pk)
    row.refresh_from_db()
    visit.refresh_from_db()
    assert (row.state, visit.appointment_id, visit.customer_id) == ("booked", None, None)


def test_a_cancelled_appointment_lets_nobody_in(cast, stylist, lin):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    services.cancel(appointment=row.pk)
    with pytest.raises(Refused, match="已经取消"):
        visits.arrive(store=cast.store.pk, via="appointment", appointment=row.pk)


def test_the_brands_on_the_route_hear_it_at_check_in(cast, stylist, lin):
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    stops = [(cast.coats.pk, "衣诺"), (cast.entrance.pk, "")]
    services.prepare_route(appointment=row.pk, stops=stops, actor=stylist.pk)
    services.prepare_route(appointment=row.pk, stops=stops, actor=stylist.pk)
    visits.arrive(store=cast.store.pk, via="appointment", appointment=row.pk)
    came = Entry.objects.get(type="appointment.checked_in")
    assert came.payload["zone_ids"] == [cast.coats.pk, cast.entrance.pk]
    assert told().count("appointment.route_prepared") == 1


def test_a_route_leads_through_no_other_store(cast, stylist, lin):
    from clothier.places.models import Zone

    elsewhere = Zone.objects.create(store=cast.other_store, code="x", name="别处")
    row = services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    with pytest.raises(Refused, match="别家"):
        services.prepare_route(appointment=row.pk, stops=[(elsewhere.pk, "")])
    assert row.stops.count() == 0


def test_reminders_go_out_once_each_and_never_two_at_once(cast, stylist, rooms, lin, saturday):
    row = services.book(store=cast.store.pk, service="fitting_room", customer=lin, start=at(15, day=17))
    assert services.remind_all() == 0
    saturday.move_to(at(15, day=16) + timedelta(minutes=1))
    assert (services.remind_all(), services.remind_all()) == (1, 0)
    saturday.move_to(at(13, 30, day=17))
    assert (services.remind_all(), services.remind_all()) == (1, 0)
    assert [reminder.before for reminder in row.reminders.order_by("before")] == [7200, 86400]
    assert Task.objects.count() == 2


def test_after_an_outage_only_the_latest_reminder_goes_out(cast, rooms, lin, saturday):
    row = services.book(store=cast.store.pk, service="fitting_room", customer=lin, start=at(15, day=17))
    saturday.move_to(at(14, day=17))
    assert (services.remind_all(), services.remind_all()) == (1, 0)
    assert [reminder.before for reminder in row.reminders.all()] == [7200]


def test_who_booked_an_hour_ago_needs_no_reminder(cast, rooms, lin):
    services.book(store=cast.store.pk, service="fitting_room", customer=lin, start=at(11))
    assert services.remind_all() == 0
