"""Two at once, on a database that lets them."""

from datetime import timedelta

import pytest

from clothier.bookings import services
from clothier.bookings.contracts import SlotTaken
from clothier.bookings.models import Activity, Appointment, SignUp
from clothier.bookings.proof import booking_differences
from clothier.kernel import clock
from clothier.staff.models import Employee, Shift
from clothier.standards.selectors import opening_hours
from tests.cast import assemble
from tests.visits.test_at_once import several_writers, together

__all__ = ["several_writers"]
pytestmark = pytest.mark.django_db(transaction=True)


def opened(cast):
    """A stylist on shift in three days' opening hours, and when those begin."""
    day = (clock.now() + timedelta(days=3)).date()
    (opens, closes), *_ = opening_hours(cast.store.calendar, [day])[day]
    person = Employee.objects.create(
        number="e009", name="钱宁", role="associate", home_store=cast.store, skills=["styling"]
    )
    Shift.objects.create(employee=person, store=cast.store, starts_at=opens, ends_at=closes)
    return opens


def test_of_four_who_want_the_last_time_one_gets_it_and_the_others_hear_of_the_next():
    cast = assemble()
    opens = opened(cast)
    for hour in (0, 2, 4):
        start = opens + timedelta(hours=hour)
        given = together(
            *(
                lambda who=who, start=start: services.book(
                    store=cast.store.pk, service="stylist", customer=who, start=start
                )
                for who in range(hour * 10 + 1, hour * 10 + 5)
            )
        )
        assert sorted(type(one).__name__ for one in given) == ["Appointment", *["SlotTaken"] * 3]
        assert all(one.offers for one in given if isinstance(one, SlotTaken))
    assert Appointment.objects.count() == 3
    assert list(booking_differences()) == []


def test_of_eight_who_sign_up_for_three_seats_at_once_three_have_them():
    cast = assemble()
    begins = clock.now() + timedelta(days=2)
    plan = services.Plan(
        title="茶会", store=cast.store.pk, starts_at=begins, ends_at=begins + timedelta(hours=1), capacity=3
    )
    activity = services.announce(plan=plan).pk
    together(*(lambda who=who: services.sign_up(activity=activity, customer=who) for who in range(1, 9)))
    assert SignUp.objects.filter(state="seated").count() == Activity.objects.get().taken == 3
    seated = list(SignUp.objects.filter(state="seated").values_list("pk", flat=True))
    together(*(lambda pk=pk: services.cancel_sign_up(sign_up=pk) for pk in seated))
    assert Activity.objects.get().taken == 3
    assert list(booking_differences()) == []
