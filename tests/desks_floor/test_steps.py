import pytest

from clothier.eventlog.models import Entry
from clothier.staff.models import Scope
from clothier.standards.selectors import promises_for
from clothier.visits import services
from clothier.visits.models import Need, Step, Visit

pytestmark = pytest.mark.django_db


def test_a_tap_greets_in_time_and_the_promise_is_kept(cast, saturday, phone, visit):
    saturday.advance(8)
    answer = phone.post(f"/floor/visits/{visit}/greeting/", {"key": "k1", "next": "/floor/"})
    assert (answer.status_code, answer["Location"]) == (303, "/floor/")
    step = Step.objects.get(kind="greeted")
    assert (step.by, (step.at - Visit.objects.get().arrived_at).total_seconds()) == (cast.zhou, 8)
    (greet,) = promises_for(cast.viewer(cast.zhou), keys=["greet"])
    assert (greet.state, greet.elapsed_seconds) == ("kept", 8)
    assert "已问候" in phone.get("/floor/").content.decode()


def test_an_undone_greeting_never_kept_the_promise(cast, saturday, phone, visit):
    saturday.advance(4)
    phone.post(f"/floor/visits/{visit}/greeting/")
    step = Step.objects.get(kind="greeted")
    saturday.advance(3)
    phone.post(f"/floor/visits/{visit}/steps/{step.pk}/undo/")
    (greet,) = promises_for(cast.viewer(cast.zhou), keys=["greet"])
    assert (greet.state, greet.closed_at, greet.elapsed_seconds) == ("running", None, 7)


def test_the_second_thumb_is_told_kindly_and_nothing_changes(cast, phone, visit, qian):
    services.greet(visit=visit, actor=qian.pk)
    before = Entry.objects.count()
    answer = phone.post(f"/floor/visits/{visit}/greeting/", HTTP_REFERER="http://testserver/floor/", follow=True)
    assert "钱宁 已经问候过这位客人了" in answer.content.decode()
    assert Entry.objects.count() == before


def test_a_phone_that_was_offline_says_when_it_happened(saturday, phone, visit):
    at = saturday.now()
    saturday.advance(600)
    told = {"key": "k1", "occurred_at": at.isoformat()}
    for _ in range(2):
        answer = phone.post(f"/floor/visits/{visit}/greeting/", told, headers={"X-Outbox": "1", "HX-Request": "true"})
        assert answer.status_code == 303
    assert Step.objects.get(kind="greeted").at == at


def test_a_phone_that_is_online_may_have_a_wrong_clock(saturday, phone, visit):
    phone.post(f"/floor/visits/{visit}/greeting/", {"occurred_at": "2031-01-01T00:00:00Z"})
    assert Step.objects.get(kind="greeted").at == saturday.now()


@pytest.mark.parametrize("when", ["2031-01-01T00:00:00Z", "2026-11-01T00:00:00Z", "yesterday", "2026-13-45T99:00:00Z"])
def test_an_outbox_with_an_impossible_time_is_refused(phone, visit, when):
    answer = phone.post(
        f"/floor/visits/{visit}/greeting/", {"occurred_at": when}, headers={"X-Outbox": "1", "HX-Request": "true"}
    )
    assert (answer.status_code, Step.objects.filter(kind="greeted").count()) == (409, 0)


@pytest.mark.parametrize("shown", ["2026-13-01T00:00:00Z", "2026-11-21", "soon"])
def test_a_phone_whose_clock_shows_nonsense_is_believed_as_it_told(saturday, phone, visit, shown):
    at = saturday.now()
    saturday.advance(600)
    phone.post(f"/floor/visits/{visit}/greeting/", {"occurred_at": at.isoformat()}, headers={"X-Outbox": shown})
    assert Step.objects.get(kind="greeted").at == at


@pytest.mark.parametrize("pressed", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"])
@pytest.mark.parametrize("shown", ["1", "2026-11-21T04:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_what_waited_for_millennia_is_refused(phone, visit, pressed, shown):
    headers = {"X-Outbox": shown, "HX-Request": "true"}
    answer = phone.post(f"/floor/visits/{visit}/greeting/", {"occurred_at": pressed}, headers=headers)
    assert (answer.status_code, Step.objects.filter(kind="greeted").count()) == (409, 0)


def test_a_need_in_chips(phone, visit):
    phone.post(
        f"/floor/visits/{visit}/need/",
        {"occasion": "commute", "category": "coat", "wearer": "self", "budget": "2000"},
    )
    need = Need.objects.get()
    assert (need.occasion, need.category, need.wearer, need.budget_fen) == ("commute", "coat", "self", 200_000)


@pytest.mark.parametrize("told", [{}, {"occasion": "moon"}, {"budget": "viel"}, {"budget": "-3"}])
def test_a_need_that_says_nothing_is_refused(phone, visit, told):
    answer = phone.post(f"/floor/visits/{visit}/need/", told, headers={"HX-Request": "true"})
    assert (answer.status_code, Need.objects.count()) == (409, 0)


def test_a_proposal_an_aid_and_a_farewell(phone, visit, seen, coats):
    style = coats["M"].style_id
    phone.post(f"/floor/visits/{visit}/proposal/", {"styles": [style, style]})
    phone.post(f"/floor/visits/{visit}/aid/", {"kind": "bags"})
    phone.post(f"/floor/visits/{visit}/departure/", {"outcome": "left"})
    told = seen(visit)
    assert [(step.kind, step.style_ids) for step in told.steps] == [
        ("arrived", ()),
        ("proposed", (style,)),
        ("aid_offered", ()),
        ("left", ()),
    ]
    assert told.outcome == "left"


@pytest.mark.parametrize("path", ["greeting", "stop", "approach", "need", "proposal", "aid", "departure", "fittings"])
def test_another_stores_visit_is_not_found_and_stays_as_it_is(cast, phone, path):
    foreign = services.arrive(store=cast.other_store.pk)
    before = Entry.objects.count()
    told = {"occasion": "date", "styles": "1", "kind": "bags", "outcome": "left"}
    assert phone.post(f"/floor/visits/{foreign.pk}/{path}/", told).status_code == 404
    assert phone.get(f"/floor/visits/{foreign.pk}/").status_code == 404
    assert (Entry.objects.count(), Step.objects.count()) == (before, 1)


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_a_step_is_only_posted(phone, visit, method):
    assert getattr(phone, method)(f"/floor/visits/{visit}/greeting/").status_code == 405


def test_an_agent_does_not_work_on_the_floor_and_a_stranger_signs_in(cast, client, visit):
    assert client.post(f"/floor/visits/{visit}/greeting/").status_code == 302
    client.force_login(cast.chen.user)
    assert client.post(f"/floor/visits/{visit}/greeting/").status_code == 403
    assert Step.objects.count() == 1


def test_a_manager_of_two_stores_chooses_one(cast, client):
    Scope.objects.create(employee=cast.wu, store=cast.other_store)
    client.force_login(cast.wu.user)
    assert client.get("/floor/")["Location"] == "/floor/store/"
    client.post("/floor/store/", {"store": cast.other_store.pk})
    assert "湖滨店" in client.get("/floor/").content.decode()


def test_a_store_that_is_not_ones_own_cannot_be_chosen(cast, client):
    client.force_login(cast.wu.user)
    client.post("/floor/store/", {"store": cast.other_store.pk})
    assert "南京路店" in client.get("/floor/").content.decode()


def test_two_long_keys_that_begin_alike_are_two_taps(phone, visit):
    for ending in ("a", "b", "b"):
        phone.post(f"/floor/visits/{visit}/aid/", {"key": "k" * 90 + ending, "kind": "bags"})
    assert Step.objects.filter(kind="aid_offered").count() == 2


@pytest.mark.parametrize("said", [{"styles": ["9" * 20]}, {"styles": ["9" * 5000]}, {"styles": ["-1", "x"]}])
def test_a_style_that_cannot_be_is_refused_and_breaks_nothing(phone, visit, said):
    answer = phone.post(f"/floor/visits/{visit}/proposal/", said, HTTP_REFERER="http://testserver/floor/", follow=True)
    assert answer.status_code < 500
    assert not Step.objects.filter(kind="proposed").exists()


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000])
def test_a_number_that_cannot_be_is_no_room_and_no_zone(phone, visit, number):
    assert phone.post(f"/floor/visits/{visit}/fittings/", {"room": number}).status_code < 500
    assert phone.post(f"/floor/visits/{visit}/stop/", {"zone": number}).status_code < 500
    assert phone.post("/floor/store/", {"store": number}).status_code < 500
