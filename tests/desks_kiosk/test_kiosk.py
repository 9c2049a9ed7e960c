import re

import pytest
from django.test import Client

from clothier.bookings.models import Activity
from clothier.catalog.contracts import CategoryFacts, StockCount, StyleFacts, VariantFacts
from clothier.catalog.models import Sku
from clothier.catalog.services import save_categories, set_stock, upsert_style
from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import register
from clothier.desks.kiosk import services as kiosks
from clothier.desks.kiosk.doors import COOKIE
from clothier.desks.kiosk.models import Device
from clothier.desks.kiosk.selectors import room_token
from clothier.eventlog.models import Entry
from clothier.visits import services
from clothier.visits.models import Bell, Room, Visit

pytestmark = pytest.mark.django_db
HOME = "/kiosk/sh-nanjing/"


@pytest.fixture
def screen(cast, client: Client) -> Client:
    _device, token = kiosks.pair(store=cast.store.pk, name="一楼入口", actor=cast.wu.pk)
    client.cookies[COOKIE] = token
    return client


@pytest.fixture
def coat(cast) -> Sku:
    save_categories(categories=[CategoryFacts("coat", "大衣", "Coat", "coat")])
    facts = StyleFacts(
        code="C2001", name="羊绒大衣", category="coat", price_fen=129_900, variants=(VariantFacts("black", "M"),)
    )
    upsert_style(style=facts)
    sku = Sku.objects.get()
    set_stock(counts=[StockCount(cast.store.pk, sku.pk, 2), StockCount(cast.other_store.pk, sku.pk, 4)])
    return sku


@pytest.fixture
def room(cast) -> Room:
    return Room.objects.create(store=cast.store, zone=cast.coats, number="3")


def test_an_unpaired_screen_shows_nothing_of_the_store(cast, client):
    for path in ("", "goods/", "call/", "arrival/"):
        answer = client.get(f"{HOME}{path}")
        assert (answer.status_code, "还没有配对" in answer.content.decode()) == (403, True)
    assert client.post(f"{HOME}call/").status_code == 403
    assert Bell.objects.count() == 0


def test_a_screen_of_one_store_opens_no_other(screen):
    assert screen.get(HOME).status_code == 200
    assert screen.get("/kiosk/hz-hubin/").status_code == 403


def test_a_manager_pairs_the_browser_and_is_signed_out_of_it(cast, client):
    client.force_login(cast.wu.user)
    answer = client.post("/kiosk/devices/", {"store": cast.store.pk, "name": "一楼入口"})
    assert answer["Location"] == HOME
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/kiosk/")
    assert client.get(HOME).status_code == 200
    assert client.get("/floor/").status_code == 302
    assert Entry.objects.get(type="kiosk.paired").actor_id == cast.wu.pk
    assert cookie.value not in Device.objects.get().token_hash


def test_nobody_pairs_a_screen_for_another_store_or_without_the_right(cast, client):
    client.force_login(cast.wu.user)
    answer = client.post("/kiosk/devices/", {"store": cast.other_store.pk, "name": "一楼入口"})
    assert (answer.status_code, Device.objects.count()) == (422, 0)
    client.force_login(cast.zhou.user)
    assert client.post("/kiosk/devices/", {"store": cast.store.pk, "name": "x"}).status_code == 403


def test_a_revoked_screen_shows_nothing_any_more(cast, screen):
    manager = Client()
    manager.force_login(cast.wu.user)
    manager.post(f"/kiosk/devices/{Device.objects.get().pk}/revocation/")
    assert screen.get(HOME).status_code == 403


def test_another_stores_screen_cannot_be_revoked(cast, client):
    device, _token = kiosks.pair(store=cast.other_store.pk, name="门口", actor=None)
    client.force_login(cast.wu.user)
    assert client.post(f"/kiosk/devices/{device.pk}/revocation/").status_code == 404
    device.refresh_from_db()
    assert device.revoked_at is None


def test_the_first_page_tells_of_today(cast, saturday, screen):
    now = saturday.now()
    Activity.objects.create(title="大衣搭配课", store=cast.store, starts_at=now, ends_at=now.replace(hour=5))
    Activity.objects.create(title="别家的活动", store=cast.other_store, starts_at=now, ends_at=now.replace(hour=5))
    page = screen.get(HOME).content.decode()
    assert "大衣搭配课" in page
    assert "别家的活动" not in page
    assert "大衣搭配课" in screen.get(f"{HOME}activities/").content.decode()


def test_goods_with_their_stock_here_and_elsewhere(screen, coat):
    assert "羊绒大衣" in screen.get(f"{HOME}goods/", {"q": "羊绒"}).content.decode()
    assert "本店没有找到" in screen.get(f"{HOME}goods/", {"q": "泳衣"}).content.decode()
    page = screen.get(f"{HOME}goods/C2001/").content.decode()
    assert "剩 2 件" in page
    assert "湖滨店" in page
    assert screen.get(f"{HOME}goods/NOPE/").status_code == 404


def test_a_tap_on_a_size_calls_somebody_with_it(cast, saturday, screen, coat):
    screen.post(f"{HOME}call/", {"sku": coat.pk})
    bell = Bell.objects.get()
    assert (bell.source, bell.store, bell.sku_id) == ("kiosk", cast.store, coat.pk)
    assert "马上有人来" in screen.get(f"{HOME}call/").content.decode()
    saturday.advance(20)
    services.answer_bell(bell=bell.pk, actor=cast.zhou.pk)
    state = screen.get(f"{HOME}call/state/").content.decode()
    assert "周敏 正在过来" in state
    assert "every 3s" not in state


def test_who_needs_nobody_any_more_says_so(screen):
    screen.post(f"{HOME}call/")
    screen.post(f"{HOME}call/cancellation/")
    assert Bell.objects.get().cancelled_at is not None


def test_a_member_checks_in_and_the_screen_names_nobody(cast, screen):
    member = NewIdentifier(Kind.MEMBER, "M0001888", verified=True)
    phone = NewIdentifier(Kind.PHONE, "13812345678", verified=True)
    lin = register(name="林知夏", identifiers=[member, phone], store=cast.store.pk)
    page = screen.post(f"{HOME}arrival/", {"value": "13812345678"})
    assert "欢迎回来" in page.content.decode()
    assert "林知夏" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    visit = Visit.objects.get()
    assert (visit.customer_id, visit.via, visit.store) == (lin, "kiosk", cast.store)


def test_guessing_codes_is_slow(screen):
    answers = [screen.post(f"{HOME}arrival/", {"value": f"M{n}"}).content.decode() for n in range(12)]
    assert ["没有找到" in text for text in answers] == [True] * 10 + [False] * 2
    assert "请稍等一分钟" in answers[-1]
    assert Visit.objects.count() == 0


def test_a_finger_on_the_bell_is_one_call_and_too_many_are_refused(screen):
    answers = [screen.post(f"{HOME}call/").status_code for _ in range(12)]
    assert answers == [302] * 10 + [409] * 2
    assert Bell.objects.count() == 1


def test_the_code_in_a_fitting_room_rings_its_room(cast, client, room, coat):
    visit = services.arrive(store=cast.store.pk)
    fitting = services.open_fitting(visit=visit.pk, room=room.pk, actor=cast.zhou.pk)
    services.bring_item(fitting=fitting.pk, sku=coat.pk, actor=cast.zhou.pk)
    address = f"/kiosk/bell/{room_token(room.pk)}/"
    assert "羊绒大衣" in client.get(address).content.decode()
    client.post(address, {"wish": "larger", "sku": coat.pk})
    bell = Bell.objects.get()
    assert (bell.room, bell.visit, bell.wish, bell.sku_id, bell.source) == (room, visit, "larger", coat.pk, "qr")
    assert "换大一码" in client.get(f"{address}state/").content.decode()
    client.post(f"{address}cancellation/")
    bell.refresh_from_db()
    assert bell.cancelled_at is not None


def test_a_forged_code_rings_nothing(client, room):
    token = room_token(room.pk)
    forged = [f"{room.pk + 1}:{token.partition(':')[2]}", str(room.pk), "x:y", f"{room.pk}:"]
    assert [client.post(f"/kiosk/bell/{text}/").status_code for text in forged] == [404] * 4
    assert Bell.objects.count() == 0


def test_a_piece_that_is_not_in_the_room_is_not_wished_for(cast, client, room, coat):
    client.post(f"/kiosk/bell/{room_token(room.pk)}/", {"wish": "larger", "sku": coat.pk})
    assert Bell.objects.get().sku_id is None


def test_kiosk_pages_stay_within_their_budget(screen, coat, django_assert_max_num_queries):
    for path, budget in [("", 6), ("goods/", 8), ("goods/C2001/", 8), ("call/", 3), ("arrival/", 2)]:
        with django_assert_max_num_queries(budget):
            assert screen.get(f"{HOME}{path}").status_code == 200


def test_the_codes_are_printed_by_the_manager(cast, client, room):
    client.force_login(cast.wu.user)
    page = client.get(f"/kiosk/devices/?rooms={cast.store.pk}").content.decode()
    assert page.count("data:image/svg+xml") == 1
    other = Room.objects.create(store=cast.other_store, number="9")
    page = client.get(f"/kiosk/devices/?rooms={other.store_id}").content.decode()
    assert "data:image/svg+xml" not in page


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000])
def test_a_number_that_cannot_be_calls_without_a_piece(screen, room, client, number):
    assert screen.post(f"{HOME}call/", {"sku": number}).status_code == 302
    assert client.post(f"/kiosk/bell/{room_token(room.pk)}/", {"sku": number}).status_code == 302
    assert set(Bell.objects.values_list("sku_id", flat=True)) == {None}


def test_the_sizes_that_lie_in_another_store_are_named(screen, coat):
    page = screen.get(f"{HOME}goods/C2001/").content.decode()
    assert re.search(r"湖滨店</b><small>[^<]+ M</small>", page)


def test_more_goods_are_a_tap_away_up_to_a_bound(cast, screen, coat):
    for number in range(30):
        variants = (VariantFacts("black", "M"),)
        upsert_style(style=StyleFacts(f"K{number}", name="外套", category="coat", price_fen=1, variants=variants))
    counts = [StockCount(cast.store.pk, sku, 1) for sku in Sku.objects.values_list("pk", flat=True)]
    set_stock(counts=counts)
    first = screen.get(f"{HOME}goods/?category=coat").content.decode()
    assert (first.count('class="ware"'), "?category=coat&amp;shown=48#more" in first) == (24, True)
    second = screen.get(f"{HOME}goods/?category=coat&shown=48").content.decode()
    assert (second.count('class="ware"'), second.count('id="more"'), "shown=72" in second) == (31, 1, False)
    assert screen.get(f"{HOME}goods/?shown=99999").status_code == 200


def test_a_screen_on_which_nobody_has_called_offers_the_bell(screen):
    assert 'action="/kiosk/sh-nanjing/call/"' in screen.get(f"{HOME}call/").content.decode()
    screen.post(f"{HOME}call/")
    assert 'action="/kiosk/sh-nanjing/call/"' not in screen.get(f"{HOME}call/").content.decode()


def test_the_floor_and_the_board_are_told_which_screen_called(cast, saturday, screen):
    screen.post(f"{HOME}call/")
    for who, path in ((cast.zhou, "/floor/"), (cast.wu, "/board/sh-nanjing/")):
        browser = Client()
        browser.force_login(who.user)
        assert "一楼入口" in browser.get(path).content.decode()
