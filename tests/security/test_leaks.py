"""What goes wrong is told without telling anything else: in pages, problems, logs and to machines that guess."""

import hmac
import io
import json
import logging

import pytest
from django.test import Client, override_settings
from django.urls import path

from clothier.api import limits
from clothier.api.keys import caller, create_key
from clothier.api.models import ApiKey
from clothier.api.services import subscribe
from clothier.api.webhooks import guard, posting
from clothier.config import logging as house
from clothier.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from clothier.customers.models import Customer
from clothier.kernel.access import Role
from clothier.staff.models import User
from tests.security.test_walk import client_of

__all__ = ["handler400", "handler403", "handler404", "handler500"]
pytestmark = pytest.mark.django_db
PHONE, MAIL, PLATE, IDENTITY = "13900001234", "lin.mei@example.com", "沪A12345", "310101199003077731"
PERSONAL = (PHONE, MAIL, PLATE, IDENTITY, "ck_0123456789_very-secret-indeed")


def breaks(request):
    told = {"phone": PHONE}
    logging.getLogger("clothier.test").debug("asked by %s", MAIL)
    raise ValueError(f"no room for {PHONE} {MAIL} {PLATE} {IDENTITY} {PERSONAL[4]} {told}")


urlpatterns = [*urlpatterns, path("breaks/", breaks), path("api/breaks/", breaks)]


@pytest.fixture
def log():
    """Everything the house would write at its most talkative, as a machine reads it."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    house.configure({"level": "DEBUG", "json": True})
    written = root.handlers[0].stream = io.StringIO()
    yield written
    root.handlers, root.level = handlers, level


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("path", ["/breaks/", "/api/breaks/"])
def test_an_error_page_tells_nothing_and_the_log_nothing_personal(cast, log, path):
    client = client_of(cast, Role.OPERATOR)
    answer = client.get(f"{path}?q={PHONE}&name={MAIL}", headers={"Referer": f"/customers/?q={PHONE}"})
    page, told = answer.content.decode(), log.getvalue()
    assert answer.status_code == 500
    for inside in ("Traceback", "ValueError", "breaks", "site-packages", "no room", *PERSONAL):
        assert inside not in page
    assert "ValueError: no room for …" in told
    for secret in PERSONAL:
        assert secret not in told


def test_the_days_work_leaves_no_personal_data_in_the_log_at_any_level(cast, log):
    client = client_of(cast, Role.OPERATOR)
    form = {"name": "林梅梅", "phone": PHONE, "member": "M20260001", "email": MAIL}
    client.post("/customers/new/", form)
    client.get("/customers/", {"q": PHONE})
    client.get("/customers/", {"q": "林梅梅"})
    Client().post("/accounts/login/", {"login": "e001", "password": "not the right one"})
    key = create_key(name="till", scopes=["customers:read", "customers:write"])
    machine = Client(headers={"Authorization": f"Bearer {key}"})
    machine.get("/api/v1/customers/lookup", {"kind": "phone", "value": PHONE})
    body = json.dumps({"name": "林梅梅", "identifiers": [{"kind": "phone", "value": PHONE}]})
    machine.post("/api/v1/customers", body, content_type="application/json")
    told = log.getvalue()
    assert told.count('"event": "request"') >= 6
    for secret in (PHONE, MAIL, "林梅梅", "not the right one", key, key.split("_", 2)[2], "M20260001"):
        assert secret not in told


def test_what_is_written_beside_the_form_is_ignored(cast):
    """Fields that a form does not have are nobody's to fill: roles, owners, flags."""
    zhou = client_of(cast, Role.ASSOCIATE)
    before = User.objects.filter(pk=cast.zhou.user_id).values().get()
    extra = {"is_superuser": "1", "is_staff": "1", "role": "admin", "user": cast.gao.user_id, "one_time_until": ""}
    zhou.post("/accounts/password/change/", {"oldpassword": "wrong", **extra})
    zhou.post("/preferences/language/", {"language": "en", **extra})
    assert User.objects.filter(pk=cast.zhou.user_id).values().get() == before
    cast.zhou.refresh_from_db()
    assert cast.zhou.role == Role.ASSOCIATE
    more = {"person": 1, "key": "x", "erased_at": "2026-01-01", "source": "import"}
    zhou.post("/customers/new/", {"name": "新客", **more})
    made = Customer.objects.get(name="新客")
    assert (made.erased_at, made.source, made.person_id) == (None, "store", made.pk)


def test_what_the_api_does_not_ask_for_is_refused_by_name(cast):
    key = create_key(name="till", scopes=["customers:write"])
    extra = {"id": 5_000, "person": 1, "erased_at": "2026-01-01", "source": "import", "actor": cast.gao.pk, "key": "x"}
    body = json.dumps({"name": "新客", "store": cast.store.code, **extra})
    machine = Client(headers={"Authorization": f"Bearer {key}"})
    answer = machine.post("/api/v1/customers", body, content_type="application/json")
    assert answer.status_code == 422
    assert {each["field"].split(".")[-1] for each in answer.json()["errors"]} == set(extra)
    assert not Customer.objects.exists()


def test_a_key_is_kept_as_a_hash_and_compared_in_constant_time(cast, monkeypatch):
    key = create_key(name="till", scopes=["orders:write"])
    _mark, prefix, secret = key.split("_", 2)
    assert secret not in str(ApiKey.objects.values().get())
    compared = []
    real = hmac.compare_digest
    monkeypatch.setattr("clothier.api.keys.hmac.compare_digest", lambda *pair: compared.append(pair) or real(*pair))
    assert caller(f"ck_{prefix}_{'x' * len(secret)}") is None
    assert caller(key) is not None
    assert [len(a) == len(b) == 64 for a, b in compared] == [True, True]


def test_a_stream_counts_against_the_same_limit_as_any_request(cast, monkeypatch):
    monkeypatch.setattr(limits, "requests", limits.Limit(1))
    machine = Client(headers={"Authorization": f"Bearer {create_key(name='till', scopes=['events:write'])}"})
    line = json.dumps({"type": "arrival", "key": "a", "store": cast.store.code})
    answers = [machine.post("/api/v1/events", line, content_type="application/x-ndjson") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert int(answers[1]["Retry-After"]) > 0


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:a00:1::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_a_webhook_whose_name_has_come_to_mean_an_inner_address_is_not_posted(cast, monkeypatch, ip):
    """DNS rebinding: the name was good when the subscription was made; it is looked up anew with every posting."""
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.215.14", 443))])
    row, _secret = subscribe(url="https://pos.example/hook", types=["visit.arrived"])
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (ip, 443))])
    called = []
    monkeypatch.setattr(posting.socket, "create_connection", lambda *a, **k: called.append(a))
    with pytest.raises(posting.NotTaken):
        posting.post(row.url, b"{}", {})
    assert called == []


def test_the_connection_is_made_to_the_address_that_was_looked_at(monkeypatch):
    answers = iter([[(2, 1, 6, "", ("93.184.215.14", 443))], [(2, 1, 6, "", ("10.0.0.1", 443))]])
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_, **__: next(answers))
    called = []

    def refuse(address, *_more):
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(posting.socket, "create_connection", refuse)
    with pytest.raises(posting.NotTaken):
        posting.post("https://pos.example/hook", b"{}", {})
    assert called == [("93.184.215.14", 443)]
