"""What can be booked: the roster, the opening hours, the house rules and what is taken."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clothier.bookings import services
from clothier.bookings.contracts import SlotTaken
from clothier.bookings.rules.slots import first_free, merged, quarters, starts
from clothier.bookings.selectors import slots
from clothier.kernel.errors import Refused
from clothier.staff.models import Shift

SATURDAY, SUNDAY = date(2026, 11, 14), date(2026, 11, 15)


def at(hour: int, minute: int = 0, day: int = 14) -> datetime:
    """A moment on Shanghai's clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


def local(found) -> list[str]:
    return [f"{slot.start.astimezone(ZoneInfo('Asia/Shanghai')):%H:%M}" for slot in found]


def test_a_stylist_can_be_booked_while_on_shift_after_the_lead_time(cast, stylist):
    found = slots(store=cast.store.pk, service="stylist", first=SATURDAY)
    # Two hours' lead from ten; three quarters of an hour must end by six.
    assert (local(found)[0], local(found)[-1]) == ("12:00", "17:00")
    assert {one.name for slot in found for one in slot.free} == {"钱宁"}


def test_the_store_books_at_once_without_the_lead_time(cast, stylist):
    assert local(slots(store=cast.store.pk, service="stylist", first=SATURDAY, staff=True))[0] == "10:00"


def test_nobody_without_the_skill_is_offered(cast):
    assert slots(store=cast.store.pk, service="stylist", first=SATURDAY, staff=True) == []


def test_an_appointment_takes_its_time_and_the_buffer_after_it(cast, stylist, lin):
    services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))
    # Forty-five minutes and a quarter of an hour: free again at two; before it only until twelve.
    assert local(slots(store=cast.store.pk, service="stylist", first=SATURDAY))[:3] == ["12:00", "14:00", "14:30"]


def test_two_shifts_in_a_row_are_one_presence(cast, stylist):
    end = Shift.objects.get(employee=stylist).ends_at
    Shift.objects.create(employee=stylist, store=cast.store, starts_at=end, ends_at=end + timedelta(hours=4))
    assert "17:30" in local(slots(store=cast.store.pk, service="stylist", first=SATURDAY))


def test_fitting_rooms_keep_two_for_walk_ins(cast, rooms, lin, mei):
    free = slots(store=cast.store.pk, service="fitting_room", first=SATURDAY)[0].free
    assert [room.name for room in free] == ["1", "2"]
    for customer in (lin, mei):
        services.book(store=cast.store.pk, service="fitting_room", customer=customer, start=at(15))
    found = slots(store=cast.store.pk, service="fitting_room", first=SATURDAY)
    assert not {"14:45", "15:00", "15:15"} & set(local(found))
    assert {"14:30", "15:30"} <= set(local(found))


def test_beyond_the_horizon_and_in_the_past_there_is_nothing(cast, rooms):
    assert slots(store=cast.store.pk, service="fitting_room", first=SATURDAY + timedelta(days=8)) == []
    assert slots(store=cast.store.pk, service="fitting_room", first=SATURDAY - timedelta(days=3)) == []
    assert slots(store=cast.store.pk, service="no_such_service", first=SATURDAY) == []


def test_no_more_than_two_months_are_looked_at_however_far_the_address_reaches(cast, rooms):
    far = slots(store=cast.store.pk, service="fitting_room", first=date(2020, 1, 1), last=date(2090, 1, 1))
    assert far == []


def test_an_online_shop_receives_nobody(cast, rooms):
    cast.store.kind = "online"
    cast.store.save()
    assert slots(store=cast.store.pk, service="fitting_room", first=SATURDAY) == []


def test_a_day_is_the_stores_own(cast, rooms):
    """Where the store's Sunday begins eight hours later, the slots asked for are those of that Sunday."""
    cast.store.zone_info = "Europe/London"
    cast.store.save()
    zone = ZoneInfo("Europe/London")
    found = slots(store=cast.store.pk, service="fitting_room", first=SUNDAY)
    assert {slot.start.astimezone(zone).date() for slot in found} == {SUNDAY}


@pytest.mark.parametrize(
    ("start", "why"),
    [(at(9), "已经过去"), (at(12, 10), "约走"), (at(21, 45), "约走"), (at(12, day=13), "已经过去")],
)
def test_a_time_that_is_none_is_answered_with_the_next_ones(cast, stylist, lin, start, why):
    with pytest.raises(SlotTaken, match=why) as gone:
        services.book(store=cast.store.pk, service="stylist", customer=lin, start=start)
    assert len(gone.value.offers) == 3
    assert all(offer.start >= at(10) for offer in gone.value.offers)


def test_a_store_that_is_closed_for_good_takes_no_bookings(cast, stylist, lin):
    cast.store.closed_on = SATURDAY
    cast.store.save()
    with pytest.raises(Refused, match="不接受预约"):
        services.book(store=cast.store.pk, service="stylist", customer=lin, start=at(13))


def test_starts_keep_to_the_grid_from_opening_and_end_before_closing():
    opens, closes = at(10, 5), at(11, 30)
    found = starts(
        [(opens, closes)], every=timedelta(minutes=30), lasts=timedelta(minutes=30), earliest=opens, latest=closes
    )
    assert list(found) == [at(10, 15), at(10, 45)]


def test_the_least_busy_is_named_first():
    there = {"a": [(at(10), at(18))], "b": [(at(10), at(18))]}
    taken = {"a": set(quarters(at(10), timedelta(hours=1)))}
    minutes = {"lasts": timedelta(minutes=30), "buffer": timedelta()}
    assert first_free(at(12), present=there, taken=taken, **minutes) == ["b", "a"]
    assert first_free(at(10), present=there, taken=taken, **minutes) == ["b"]


def test_shifts_that_overlap_become_one_stretch():
    assert merged([(at(14), at(18)), (at(10), at(14)), (at(12), at(13))]) == [(at(10), at(18))]
