"""A forgotten password: no mail, but a manager who gives one that serves once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from clothier.eventlog.models import Entry
from clothier.kernel.access import SYSTEM, Denied, Role
from clothier.kernel.errors import Refused
from clothier.staff.models import Employee, User
from clothier.staff.services import reset_password

OWN = "linen-und-seide-26"


def sign_in(name: str, password: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": name, "password": password})
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def given(cast) -> str:
    return reset_password(viewer=cast.viewer(cast.wu), employee=cast.zhou.pk)


def test_with_a_one_time_password_nothing_opens_but_the_page_to_change_it(cast, given):
    zhou = sign_in("e001", given)
    assert is_in(zhou)
    for page in ("/", "/floor/", "/customers/", "/office/login/"):
        assert zhou.get(page).headers.get("location") == "/accounts/password/change/", page
    fragment = zhou.get("/floor/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (401, "/accounts/password/change/")
    assert zhou.get("/accounts/password/change/").status_code == 200


def test_a_password_of_ones_own_opens_the_shop(cast, given):
    zhou = sign_in("e001", given)
    form = {"oldpassword": given, "password1": given, "password2": given}
    assert zhou.post("/accounts/password/change/", form).status_code == 200
    assert zhou.get("/floor/").status_code == 302
    changed = zhou.post("/accounts/password/change/", {**form, "password1": OWN, "password2": OWN})
    assert changed.headers["location"] == "/"
    assert zhou.get("/floor/").status_code == 200
    assert sign_in("e001", OWN).get("/floor/").status_code == 200
    assert not is_in(sign_in("e001", given))


def test_it_ends_the_sessions_that_were_open_and_the_old_password(cast, client):
    client.force_login(cast.zhou.user)
    reset_password(viewer=cast.viewer(cast.wu), employee=cast.zhou.pk)
    assert client.get("/floor/").headers["location"].startswith("/accounts/login/")
    assert not is_in(sign_in("e001", "a password for tests"))


def test_after_a_day_it_opens_nothing(cast, saturday, given):
    saturday.advance(timedelta(hours=24).total_seconds() + 1)
    assert not is_in(sign_in("e001", given))


def test_it_is_told_to_the_log_without_the_password(cast, given):
    entry = Entry.objects.get(type="account.password_set")
    assert (entry.actor_id, entry.payload) == (cast.wu.pk, {"user_id": cast.zhou.user_id, "one_time": True})
    assert len(given) == 14


@pytest.mark.parametrize(("who", "whose"), [("wu", "wu"), ("wu", "gao"), ("zhou", "chen"), ("gao", "zhou")])
def test_managers_reset_their_own_team_only(cast, who, whose):
    with pytest.raises(Denied):
        reset_password(viewer=cast.viewer(getattr(cast, who)), employee=getattr(cast, whose).pk)


def test_nobody_of_another_store_and_nobody_without_a_sign_in(cast):
    Employee.objects.filter(pk=cast.chen.pk).update(home_store=cast.other_store)
    with pytest.raises(Denied):
        reset_password(viewer=cast.viewer(cast.wu), employee=cast.chen.pk)
    qian = Employee.objects.create(number="e009", name="钱宁", role="associate", home_store=cast.store)
    with pytest.raises(Refused, match="登录账号"):
        reset_password(viewer=cast.viewer(cast.wu), employee=qian.pk)
    assert reset_password(viewer=SYSTEM, employee=cast.gao.pk)


def test_a_password_set_in_the_back_office_serves_once(cast, client):
    Employee.objects.filter(pk=cast.gao.pk).update(role=Role.ADMIN)
    client.force_login(cast.gao.user)
    address = reverse("admin:auth_user_password_change", args=[cast.zhou.user_id])
    form = {"password1": OWN, "password2": OWN, "usable_password": "true"}
    assert client.post(address, form).status_code == 302
    assert sign_in("e001", OWN).get("/floor/").headers["location"] == "/accounts/password/change/"
    added = client.post(reverse("admin:staff_user_add"), {"username": "sun", **form})
    assert added.status_code == 302
    assert User.objects.get(username="sun").one_time_until is not None
    told = Entry.objects.filter(type="account.password_set").values_list("actor_id", "payload__one_time")
    assert list(told) == [(cast.gao.pk, True)] * 2


@pytest.mark.parametrize(
    "page",
    ["password/reset/", "password/reset/done/", "password/reset/key/1-abc/", "email/", "confirm-email/", "signup/"],
)
def test_what_would_need_mail_is_not_there(cast, client, page):
    client.force_login(cast.zhou.user)
    assert client.get(f"/accounts/{page}").status_code == 404
    assert client.post(f"/accounts/{page}", {"email": "lin@example.com"}).status_code == 404


def test_it_is_offered_where_there_is_somebody_to_give_it_to(cast, client):
    client.force_login(cast.wu.user)
    guest = Employee.objects.create(number="e009", name="无账号", role=Role.ASSOCIATE, home_store=cast.store)
    pages = {
        one.number: client.get(f"/roster/at/sh-nanjing/skills/{one.pk}/").content.decode()
        for one in (cast.zhou, cast.wu, guest)
    }
    assert {number: "/password/" in page for number, page in pages.items()} == {
        "e001": True,
        "e003": False,
        "e009": False,
    }
