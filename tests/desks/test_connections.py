import re

import pytest
from django.urls import reverse

from clothier.api.keys import caller, create_key
from clothier.api.models import ApiKey, Posting, Subscription
from clothier.api.services import subscribe
from clothier.api.webhooks import guard
from clothier.eventlog.models import Entry
from clothier.kernel import clock

SECRET = re.compile(r'id="secret"[^>]* value="([^"]+)"')


@pytest.fixture
def operator(client, cast):
    client.force_login(cast.gao.user)
    return client


@pytest.fixture(autouse=True)
def outside(monkeypatch):
    """Every host is on the open internet."""
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.215.14", 443))])


@pytest.fixture
def hook(cast) -> Subscription:
    return subscribe(url="https://pos.example/hook", types=["visit.arrived"])[0]


def parked(hook: Subscription, entry: int = 1) -> Posting:
    return Posting.objects.create(
        subscription=hook, entry_id=entry, state="parked", attempts=8, due_at=clock.now(), status=500, error="HTTP 500"
    )


def key_form(**facts):
    return {"name": "收银上报", "scopes": ["orders:write"], "reach": "chain", "days": "365", "key": "once", **facts}


def told(type_: str) -> list[tuple[int, dict]]:
    return list(Entry.objects.filter(type=type_).values_list("actor_id", "payload"))


def test_a_key_is_shown_once_and_works(operator, cast):
    answer = operator.post("/studio/keys/new/", key_form(reach="stores", stores=[cast.store.pk]))
    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
    secret = SECRET.search(answer.content.decode())[1]
    who = caller(secret)
    assert (who.name, who.scopes, who.viewer.stores) == ("收银上报", {"orders:write"}, {cast.store.pk})
    row = ApiKey.objects.get()
    assert row.created_by == cast.gao
    for path in ("/studio/connections/", f"/studio/keys/{row.pk}/"):
        page = operator.get(path).content.decode()
        assert row.prefix in page
        assert secret.split("_", 2)[2] not in page
    assert told("api_key.created") == [(cast.gao.pk, {"scopes": ["orders:write"], "stores": [cast.store.pk]})]


def test_a_key_form_sent_twice_makes_one_key(operator):
    operator.post("/studio/keys/new/", key_form())
    again = operator.post("/studio/keys/new/", key_form())
    assert (again.status_code, again["Location"], ApiKey.objects.count()) == (302, "/studio/connections/", 1)


@pytest.mark.parametrize("wrong", [{"scopes": []}, {"reach": "stores"}, {"name": ""}, {"scopes": ["all"]}])
def test_a_key_form_says_what_is_missing(operator, wrong):
    answer = operator.post("/studio/keys/new/", key_form(**wrong))
    assert (answer.status_code, ApiKey.objects.count()) == (422, 0)
    assert 'class="field__error"' in answer.content.decode()


def test_a_revoked_key_leaves_the_list_and_opens_nothing(operator, cast):
    secret = create_key(name="旧收银", scopes=["orders:write"])
    key = ApiKey.objects.get()
    operator.post(reverse("studio:key-revocation", args=[key.pk]))
    assert caller(secret) is None
    assert key.prefix not in operator.get("/studio/connections/").content.decode()
    assert key.prefix in operator.get("/studio/connections/?revoked=1").content.decode()
    assert told("api_key.revoked") == [(cast.gao.pk, {})]


def test_a_subscription_is_made_changed_paused_and_resumed(operator, cast):
    form = {"url": "https://pos.example/hook", "types": ["visit.arrived"], "reach": "chain", "key": "once"}
    made = operator.post("/studio/webhooks/new/", form)
    assert (made.status_code, SECRET.search(made.content.decode())[1][:6]) == (201, "whsec_")
    assert operator.post("/studio/webhooks/new/", form).status_code == 302
    hook = Subscription.objects.get()
    page = f"/studio/webhooks/{hook.pk}/"
    operator.post(f"{page}edit/", {**form, "types": ["sale.recorded"], "reach": "stores", "stores": [cast.store.pk]})
    hook.refresh_from_db()
    assert (hook.types, hook.stores) == (["sale.recorded"], [cast.store.pk])
    assert "成交" in operator.get(page).content.decode()
    operator.post(f"{page}pausing/")
    assert "已暂停" in operator.get(page).content.decode()
    operator.post(f"{page}resumption/")
    hook.refresh_from_db()
    assert hook.paused_at is None
    assert [len(told(f"webhook.{what}")) for what in ("subscribed", "changed", "paused", "resumed")] == [1, 1, 1, 1]


def test_a_subscription_to_an_inner_address_is_refused_at_its_field(operator, monkeypatch):
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.0.0.1", 443))])
    form = {"url": "https://pos.example/hook", "types": ["visit.arrived"], "reach": "chain"}
    answer = operator.post("/studio/webhooks/new/", form)
    assert (answer.status_code, Subscription.objects.count()) == (422, 0)
    assert "不能发往内部网络的地址" in answer.content.decode()


def test_a_new_secret_is_asked_for_first_and_shown_once(operator, hook):
    address = f"/studio/webhooks/{hook.pk}/secret/"
    sealed = hook.sealed_secret
    assert operator.get(address).status_code == 200
    hook.refresh_from_db()
    assert hook.sealed_secret == sealed
    answer = operator.post(address, {"key": "once"})
    assert answer.status_code == 201
    hook.refresh_from_db()
    assert hook.sealed_secret != sealed
    assert operator.post(address, {"key": "once"}).status_code == 302


def test_a_test_is_owed_at_once_and_seen_in_the_list(operator, cast, hook):
    operator.post(f"/studio/webhooks/{hook.pk}/test/")
    page = operator.get(f"/studio/webhooks/{hook.pk}/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "试发了一条" in page
    posting = Posting.objects.get()
    Posting.objects.update(state="sent", status=204, sent_at=clock.now(), attempts=1)
    part = operator.get(
        f"/studio/webhooks/{hook.pk}/", headers={"HX-Request": "true", "HX-Target": "postings"}
    ).content.decode()
    assert part.startswith("<section")
    assert "已送达" in part
    assert "every 2s" not in part
    assert told("webhook.tested") == [(cast.gao.pk, {})]
    operator.post(reverse("studio:posting-retry", args=[posting.pk]))
    posting.refresh_from_db()
    assert (posting.state, posting.attempts) == ("waiting", 0)


def test_a_paused_subscription_is_not_tried_out(operator, hook):
    operator.post(f"/studio/webhooks/{hook.pk}/pausing/")
    operator.post(f"/studio/webhooks/{hook.pk}/test/")
    assert Posting.objects.count() == 0


def test_what_was_given_up_is_told_on_the_way_and_sent_again_or_let_go(operator, cast, hook):
    first, second, third = (parked(hook, number) for number in (1, 2, 3))
    assert "3 条外发没有送到" in operator.get("/studio/").content.decode()
    assert "HTTP 500" in operator.get("/studio/postings/").content.decode()
    back = operator.post(reverse("studio:posting-dismissal", args=[first.pk]), {"next": "/studio/postings/"})
    assert back["Location"] == "/studio/postings/"
    operator.post(reverse("studio:posting-retry", args=[second.pk]), {"next": "https://elsewhere.example/"})
    operator.post(reverse("studio:webhook-dismissal", args=[hook.pk]))
    assert list(Posting.objects.order_by("pk").values_list("state", flat=True)) == ["let_go", "waiting", "let_go"]
    operator.post(reverse("studio:posting-retry", args=[third.pk]))
    assert Posting.objects.filter(state="waiting").count() == 2
    assert "都送到了" in operator.get("/studio/postings/").content.decode()
    assert told("webhook.postings_let_go") == [(cast.gao.pk, {"postings": 1})] * 2


def test_all_of_a_subscription_are_sent_again_at_once(operator, hook):
    other = subscribe(url="https://shop.example/hook", types=["visit.arrived"])[0]
    parked(hook, 1), parked(hook, 2), parked(other, 1)
    operator.post(reverse("studio:webhook-retry", args=[hook.pk]))
    assert list(Posting.objects.order_by("pk").values_list("state", flat=True)) == ["waiting", "waiting", "parked"]


def test_a_removed_subscription_takes_what_was_owed_with_it(operator, cast, hook):
    parked(hook)
    address = f"/studio/webhooks/{hook.pk}/removal/"
    assert "1 条没有送到" in operator.get(address).content.decode()
    operator.post(address)
    assert (Subscription.objects.count(), Posting.objects.count()) == (0, 0)
    assert told("webhook.removed") == [(cast.gao.pk, {})]


def test_the_list_of_postings_pages_by_key_in_a_bounded_number_of_questions(
    operator, hook, django_assert_max_num_queries
):
    for number in range(35):
        parked(hook, number + 1)
    with django_assert_max_num_queries(8):
        first = operator.get(f"/studio/webhooks/{hook.pk}/").content.decode()
    assert "?before=6" in first
    with django_assert_max_num_queries(8):
        second = operator.get(f"/studio/webhooks/{hook.pk}/?before=6").content.decode()
    assert second.count("HTTP 500") == 5


@pytest.mark.parametrize("who", ["zhou", "chen", "wu"])
def test_connections_are_head_offices(client, cast, hook, who):
    client.force_login(getattr(cast, who).user)
    for path in ("connections/", "keys/new/", f"webhooks/{hook.pk}/", "postings/"):
        assert client.get(f"/studio/{path}").status_code == 403


def test_the_line_for_other_sites_stands_ready_and_says_which_sites_may(operator, settings):
    page = operator.get(reverse("studio:connections")).content.decode()
    assert "&lt;script src=&quot;http://testserver/chat/widget.js&quot; async&gt;&lt;/script&gt;" in page
    assert "CLOTHIER_CHAT_SITES" in page
    settings.CHAT_SITES = ["https://shop.example"]
    page = operator.get(reverse("studio:connections")).content.decode()
    assert ("https://shop.example" in page, "CLOTHIER_CHAT_SITES" in page) == (True, False)
