"""Activities in the browser: arranged, signed up for, checked in, called off."""

import pytest

from clothier.bookings import services
from clothier.bookings.models import Activity, SignUp
from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import register
from tests.bookings.test_slots import at

FORM = {
    "title": "大衣的三种穿法", "kind": "talk", "day": "2026-11-14", "starts": "15:00", "ends": "16:00", "capacity": "2",
    "place": "二楼", "about": "带一件旧大衣来",
}  # fmt: skip


@pytest.fixture
def talk(cast):
    plan = services.Plan(title="大衣课", kind="talk", store=cast.store.pk, starts_at=at(15), ends_at=at(16), capacity=1)
    return services.announce(plan=plan).pk


def test_a_manager_arranges_an_activity_on_the_stores_own_clock(office):
    page = office.post("/agenda/at/sh-nanjing/activities/new/", FORM, follow=True).content.decode()
    row = Activity.objects.get()
    assert (row.starts_at, row.capacity, "大衣的三种穿法" in page) == (at(15), 2, True)
    assert "大衣的三种穿法" in office.get("/agenda/at/sh-nanjing/activities/").content.decode()


def test_an_associate_arranges_none(desk):
    assert desk.post("/agenda/at/sh-nanjing/activities/new/", FORM).status_code == 403
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"), [({"ends": "14:00"}, "晚于"), ({"capacity": "0"}, "1 到 1000"), ({"day": "2026-11-01"}, "过去")]
)
def test_a_refusal_stands_next_to_its_field(office, wrong, said):
    answer = office.post("/agenda/at/sh-nanjing/activities/new/", FORM | wrong)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Activity.objects.count() == 0


def test_a_change_keeps_who_signed_up(office, talk, lin):
    services.sign_up(activity=talk, customer=lin)
    assert "大衣课" in office.get(f"/agenda/activities/{talk}/edit/").content.decode()
    office.post(f"/agenda/activities/{talk}/edit/", FORM)
    row = Activity.objects.get(pk=talk)
    assert (row.title, row.capacity, row.taken) == ("大衣的三种穿法", 2, 1)


def test_signing_up_waiting_and_taking_it_back(desk, talk, lin, mei):
    for customer in (lin, mei):
        desk.post(f"/agenda/activities/{talk}/sign-ups/", {"customer": customer, "seats": 1})
    page = desk.get(f"/agenda/activities/{talk}/").content.decode()
    assert ("林女士" in page, "梅女士" in page, "候补" in page) == (True, True, True)
    first = SignUp.objects.get(customer_id=lin)
    desk.post(f"/agenda/activities/{talk}/sign-ups/{first.pk}/cancellation/")
    assert SignUp.objects.get(customer_id=mei).state == "seated"
    assert "梅女士" in desk.get(f"/agenda/activities/{talk}/print/").content.decode()


def test_too_many_seats_are_refused_on_the_page(desk, talk, lin):
    answer = desk.post(f"/agenda/activities/{talk}/sign-ups/", {"customer": lin, "seats": 9})
    assert (answer.status_code, SignUp.objects.count()) == (422, 0)


def test_checking_in_by_phone_and_a_slip_undone(desk, cast, talk):
    phone = NewIdentifier(Kind.PHONE, "13900001234", verified=True)
    customer = register(name="林女士", store=cast.store.pk, identifiers=[phone])
    signed = services.sign_up(activity=talk, customer=customer)
    desk.post(f"/agenda/activities/{talk}/arrivals/", {"value": "13900001234"})
    signed.refresh_from_db()
    assert signed.attended_by_id == cast.zhou.pk
    desk.post(f"/agenda/activities/{talk}/sign-ups/{signed.pk}/attendance/undoing/")
    signed.refresh_from_db()
    assert signed.attended_at is None
    unknown = desk.post(f"/agenda/activities/{talk}/arrivals/", {"value": "13999999999"})
    assert (unknown.status_code, "没有找到" in unknown.content.decode()) == (422, True)


def test_a_sign_up_of_another_activity_is_not_reached_through_this_one(desk, cast, talk, lin):
    other = services.announce(
        plan=services.Plan(title="别的", store=cast.store.pk, starts_at=at(17), ends_at=at(18), capacity=3)
    )
    signed = services.sign_up(activity=other.pk, customer=lin)
    assert desk.post(f"/agenda/activities/{talk}/sign-ups/{signed.pk}/cancellation/").status_code == 404
    signed.refresh_from_db()
    assert signed.state == "seated"


def test_calling_off_and_putting_back(office, talk):
    office.post(f"/agenda/activities/{talk}/calling-off/")
    assert "活动已取消" in office.get(f"/agenda/activities/{talk}/").content.decode()
    office.post(f"/agenda/activities/{talk}/putting-back/")
    assert Activity.objects.get(pk=talk).cancelled_at is None


def test_an_activity_that_is_over_tells_its_effect_honestly(office, cast, talk, lin, saturday):
    signed = services.sign_up(activity=talk, customer=lin)
    saturday.move_to(at(15))
    services.attend(sign_up=signed.pk)
    saturday.move_to(at(17))
    page = office.get(f"/agenda/activities/{talk}/").content.decode()
    assert ("人太少" in page, "时间还没满" in page) == (True, True)
