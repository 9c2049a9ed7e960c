"""Signing in: a fresh session, the same work for a name nobody has, and an end when the password or the person goes."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from clothier.api.live.session import viewer_by_cookie
from clothier.staff.services import deactivate, end_employment, reset_password, set_password

pytestmark = pytest.mark.django_db
PASSWORD = "a password for tests"


def sign_in(client: Client, name: str = "e001", password: str = PASSWORD):
    return client.post("/accounts/login/", {"login": name, "password": password})


def test_the_sessions_key_changes_at_sign_in_and_the_old_one_opens_nothing(cast):
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["clothier_session"] = planted = session.session_key
    assert sign_in(client).status_code == 302
    assert client.cookies["clothier_session"].value != planted
    thief = Client()
    thief.cookies["clothier_session"] = planted
    assert thief.get("/floor/").headers["Location"].startswith("/accounts/login/")


def test_a_session_signed_out_opens_nothing_any_more(cast):
    client = Client()
    sign_in(client)
    kept = client.cookies["clothier_session"].value
    client.post("/accounts/logout/")
    client.cookies["clothier_session"] = kept
    assert client.get("/floor/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "end",
    [
        lambda cast: set_password(username="e001", password="linen-und-seide-26"),
        lambda cast: reset_password(viewer=cast.viewer(cast.wu), employee=cast.zhou.pk),
        lambda cast: deactivate(username="e001"),
    ],
    ids=["changed", "reset", "deactivated"],
)
def test_open_sessions_end_with_the_password_or_the_account(cast, end):
    clients = [Client(), Client()]
    for client in clients:
        sign_in(client)
        assert client.get("/floor/").status_code == 200
    cookies = [f"clothier_session={client.cookies['clothier_session'].value}" for client in clients]
    assert [viewer_by_cookie(cookie) is not None for cookie in cookies] == [True, True]
    end(cast)
    assert [client.get("/floor/").headers["Location"][:16] for client in clients] == ["/accounts/login/"] * 2
    assert [viewer_by_cookie(cookie) for cookie in cookies] == [None, None]


def test_whoever_left_sees_nothing_through_a_session_still_open(cast):
    client = Client()
    sign_in(client)
    end_employment(employee=cast.zhou.pk)
    assert client.get("/floor/").status_code in {302, 403}
    assert viewer_by_cookie(f"clothier_session={client.cookies['clothier_session'].value}") is None


@pytest.mark.parametrize("name", ["e001", "nobody-at-all", ""], ids=["known", "unknown", "empty"])
def test_a_name_nobody_has_costs_the_same_work_and_gets_the_same_answer(cast, monkeypatch, name):
    """Counted in password hashes, the one thing at a sign-in that takes long enough to be measured from afar."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or encode(*a, **k))
    answer = sign_in(Client(), name or "e9", "wrong")
    assert (answer.status_code, len(hashed)) == (200, 1)
    assert "_auth_user_id" not in answer.wsgi_request.session
    said = answer.context["form"].non_field_errors()
    assert len(said) == 1
    assert (name or "e9") not in said[0]


def test_after_five_wrong_passwords_a_name_rests_for_five_minutes_whoever_tries(cast):
    for n in range(5):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{n}"), password="wrong")
    resting = sign_in(Client(REMOTE_ADDR="203.0.113.99"))
    assert resting.status_code != 302
    assert "_auth_user_id" not in resting.wsgi_request.session
    assert sign_in(Client(REMOTE_ADDR="203.0.113.99"), name="e002").status_code == 302


def test_ten_wrong_passwords_a_minute_from_one_address_and_no_more(cast, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or encode(*a, **k))
    for n in range(12):
        sign_in(Client(REMOTE_ADDR="203.0.113.7"), name=f"nobody-{n}", password="wrong")
    assert len(hashed) == 10
