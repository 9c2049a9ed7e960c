"""Seats, who waits for them, and who was there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clothier.bookings import services
from clothier.bookings.models import SignUp
from clothier.bookings.selectors import activity_by_id, sign_ups, signed_up
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.visits.models import Task
from tests.bookings.test_slots import at

LIN, MEI, AN, BO = 41, 42, 43, 44


@pytest.fixture
def plan(cast):
    return services.Plan(
        title="大衣的三种穿法", kind="talk", store=cast.store.pk, starts_at=at(15), ends_at=at(16), capacity=3
    )


@pytest.fixture
def talk(plan):
    return services.announce(plan=plan).pk


def states(activity: int) -> dict[int, str]:
    return dict(SignUp.objects.filter(activity=activity).values_list("customer_id", "state"))


def test_seats_are_given_until_they_are_gone_and_then_one_waits(talk):
    services.sign_up(activity=talk, customer=LIN, seats=2)
    services.sign_up(activity=talk, customer=MEI, seats=2)
    services.sign_up(activity=talk, customer=AN)
    assert states(talk) == {LIN: "seated", MEI: "waiting", AN: "seated"}
    view = activity_by_id(talk)
    assert (view.taken, view.left, view.waiting) == (3, 0, 1)


def test_signing_up_twice_is_once(talk):
    assert services.sign_up(activity=talk, customer=LIN).pk == services.sign_up(activity=talk, customer=LIN).pk
    assert activity_by_id(talk).taken == 1


def test_a_seat_that_is_given_back_goes_to_who_waited_longest_and_they_are_told(cast, talk):
    for customer in (LIN, MEI, AN, BO):
        services.sign_up(activity=talk, customer=customer, seats=1)
    late = services.sign_up(activity=talk, customer=45)
    services.cancel_sign_up(sign_up=SignUp.objects.get(customer_id=MEI).pk)
    services.cancel_sign_up(sign_up=SignUp.objects.get(customer_id=MEI).pk)
    assert states(talk) == {LIN: "seated", MEI: "cancelled", AN: "seated", BO: "seated", 45: "waiting"}
    assert [row[0].rank for row in signed_up([45])] == [1]
    assert Task.objects.get().title.startswith("候补有位")
    assert Entry.objects.filter(type="activity.moved_up").count() == 1
    assert late.state == "waiting"


def test_who_needs_more_than_is_free_is_passed_over_and_stays_first(talk):
    for customer, seats in ((LIN, 2), (MEI, 1), (AN, 2), (BO, 1)):
        services.sign_up(activity=talk, customer=customer, seats=seats)
    services.cancel_sign_up(sign_up=SignUp.objects.get(customer_id=MEI).pk)
    assert states(talk) == {LIN: "seated", MEI: "cancelled", AN: "waiting", BO: "seated"}
    services.cancel_sign_up(sign_up=SignUp.objects.get(customer_id=LIN).pk)
    assert states(talk)[AN] == "seated"


def test_more_seats_go_to_who_waits_and_fewer_than_are_given_are_refused(talk, plan):
    for customer in (LIN, MEI, AN, BO):
        services.sign_up(activity=talk, customer=customer)
    with pytest.raises(Refused, match="3 人"):
        services.change(activity=talk, plan=replace(plan, capacity=2))
    services.change(activity=talk, plan=replace(plan, capacity=4))
    assert set(states(talk).values()) == {"seated"}


def test_signing_up_closes_before_the_start_for_members_and_with_the_end_for_the_store(talk, saturday):
    saturday.move_to(at(14, 30))
    with pytest.raises(Refused, match="截止"):
        services.sign_up(activity=talk, customer=LIN, via="member")
    assert services.sign_up(activity=talk, customer=LIN).state == "seated"
    saturday.move_to(at(16))
    with pytest.raises(Refused, match="截止"):
        services.sign_up(activity=talk, customer=MEI)


@pytest.mark.parametrize("seats", [0, -1, 4, 1000])
def test_seats_are_counted_by_people(talk, seats):
    with pytest.raises(Refused, match="1 到 3"):
        services.sign_up(activity=talk, customer=LIN, seats=seats)
    assert states(talk) == {}


def test_who_signed_up_checks_in_once_and_a_slip_is_taken_back(cast, talk, saturday):
    signed = services.sign_up(activity=talk, customer=LIN)
    saturday.move_to(at(14, 50))
    services.attend(sign_up=signed.pk, actor=cast.zhou.pk)
    services.attend(sign_up=signed.pk, actor=cast.zhou.pk)
    assert activity_by_id(talk).attended == 1
    with pytest.raises(Refused, match="已经签到"):
        services.cancel_sign_up(sign_up=signed.pk)
    services.undo_attendance(sign_up=signed.pk, actor=cast.zhou.pk)
    assert activity_by_id(talk).attended == 0
    types = Entry.objects.filter(subject_kind="activity").order_by("id").values_list("type", flat=True)
    assert list(types)[1:] == ["activity.signed_up", "activity.attended", "activity.attendance_undone"]


def test_nobody_checks_in_days_before(talk, saturday, plan):
    later = services.announce(plan=replace(plan, starts_at=at(15, day=20), ends_at=at(16, day=20)))
    signed = services.sign_up(activity=later.pk, customer=LIN)
    with pytest.raises(Refused, match="还不能"):
        services.attend(sign_up=signed.pk)


def test_who_waits_is_let_in_only_while_a_seat_is_left(talk, saturday):
    for customer in (LIN, MEI, AN):
        services.sign_up(activity=talk, customer=customer)
    waiting = services.sign_up(activity=talk, customer=BO)
    with pytest.raises(Refused, match="已满"):
        services.attend(sign_up=waiting.pk)


def test_calling_off_tells_everybody_once_and_can_be_taken_back(cast, talk):
    for customer in (LIN, MEI):
        services.sign_up(activity=talk, customer=customer)
    services.call_off(activity=talk)
    services.call_off(activity=talk)
    assert Task.objects.count() == 2
    with pytest.raises(Refused, match="已经取消"):
        services.sign_up(activity=talk, customer=AN)
    services.put_back(activity=talk)
    assert services.sign_up(activity=talk, customer=AN).state == "seated"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"ends_at": at(15)},
        {"ends_at": at(15) + timedelta(days=15)},
        {"starts_at": at(15, day=13), "ends_at": at(16, day=13)},
        {"starts_at": at(15) + timedelta(days=400), "ends_at": at(16) + timedelta(days=400)},
        {"capacity": 0},
        {"capacity": 1001},
        {"store": None},
        {"kind": "rave"},
    ],
)
def test_what_cannot_be_is_not_announced(plan, wrong):
    with pytest.raises(Refused):
        services.announce(plan=replace(plan, **wrong))


def test_a_viewer_of_another_store_reads_no_list(cast, talk):
    from clothier.kernel.access import Role, Viewer

    services.sign_up(activity=talk, customer=LIN)
    assert len(sign_ups(cast.viewer(cast.zhou), talk)) == 1
    stranger = Viewer(user=1, employee=1, role=Role.ASSOCIATE, stores=frozenset({cast.other_store.pk}))
    assert sign_ups(stranger, talk) == []
