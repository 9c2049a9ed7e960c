"""The manager's board: one store's moment and day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clothier.checkout.contracts import LineFacts
from clothier.checkout.services import record_sale
from clothier.desks.manager.day import so_far, whole
from clothier.desks.manager.figures import Change, change, compared
from clothier.standards.services import sweep
from clothier.visits import services as visits

QUERIES, CHAIN_QUERIES = 22, 10
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wu.user)
    return client


def arrived(cast, **facts):
    return visits.arrive(store=cast.store.pk, actor=cast.zhou.pk, **facts)


def board(client, code: str = "sh-nanjing") -> str:
    response = client.get(f"/board/{code}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_manager_of_one_store_lands_on_its_board(manager):
    assert manager.get("/board/")["Location"] == "/board/sh-nanjing/"


def test_another_stores_board_is_not_found(manager):
    assert manager.get("/board/hz-hubin/").status_code == 404
    assert manager.get("/board/hz-hubin/standup/").status_code == 404


@pytest.mark.parametrize("who", ["zhou", "chen"])
def test_the_board_is_for_those_who_answer_for_a_store(client, cast, who):
    client.force_login(getattr(cast, who).user)
    assert client.get("/board/sh-nanjing/").status_code == 403


def test_a_visitor_not_yet_greeted_is_on_the_clock_and_then_broken(manager, cast, saturday):
    arrived(cast, party_size=3)
    page = board(manager)
    assert 'data-state="running"' in page
    assert "到店迎宾" in page
    assert "3 位" in page
    saturday.advance(22)
    sweep(saturday.now())
    page = board(manager)
    assert 'data-state="broken"' in page
    assert "用了 22 秒，答应 10 秒" in page
    assert "还在等" in page


def test_a_greeting_in_time_is_a_kept_promise_of_the_day(manager, cast, saturday):
    visit = arrived(cast)
    saturday.advance(8)
    visits.greet(visit=visit.pk, actor=cast.zhou.pk)
    saturday.advance(1)
    page = board(manager)
    assert "做到 1 · 未守住 0" in page
    assert "100%" in page


def test_the_day_so_far_stands_against_the_same_hours_a_week_ago(manager, cast, saturday):
    def sold(number: str, fen: int) -> None:
        line = LineFacts(code="K1", quantity=1, total_fen=fen, unit_price_fen=fen)
        record_sale(source="till", number=number, lines=[line], store=cast.store.pk)

    saturday.advance(3600)
    for _nth in range(10):
        arrived(cast)
    sold("A1", 50_000)
    saturday.advance(3 * 3600)
    sold("A2", 90_000)
    saturday.advance(7 * 86_400 - 3 * 3600 + 60)
    for _nth in range(20):
        arrived(cast)
    sold("A3", 75_000)
    saturday.advance(1)
    page = board(manager)
    assert "¥750" in page
    assert "上周此时 1 单" in page
    assert "↑ 100%" in page
    assert "比上周此时" in page


def test_the_people_on_the_floor_are_named_once_with_all_their_posts(manager, cast):
    page = board(manager)
    assert page.count("周敏") == 1
    assert "导购 · 迎宾" in page


def test_a_fragment_is_the_board_without_its_frame(manager, cast):
    fragment = manager.get("/board/sh-nanjing/", headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div class="stack" id="board"')
    assert "<nav" not in fragment
    assert f'data-live-store="{cast.store.pk}"' in fragment


def test_the_board_asks_the_same_number_of_questions_for_one_visitor_and_for_twenty(
    manager, cast, django_assert_max_num_queries
):
    arrived(cast)
    board(manager)
    with django_assert_max_num_queries(QUERIES) as one:
        board(manager)
    for _ in range(19):
        arrived(cast)
    with django_assert_max_num_queries(len(one)):
        page = board(manager)
    assert "还有 10 组顾客在店里" in page


def test_head_office_sees_every_store_and_the_late_one_first(client, cast, saturday, django_assert_max_num_queries):
    client.force_login(cast.gao.user)
    visits.arrive(store=cast.other_store.pk, actor=None)
    saturday.advance(30)
    sweep(saturday.now())
    client.get("/board/")
    with django_assert_max_num_queries(CHAIN_QUERIES):
        page = client.get("/board/").content.decode()
    assert page.index("湖滨店") < page.index("南京路店")
    assert "1 条已超时" in page
    assert "都守着" in page


def test_a_change_is_relative_and_silent_without_a_past():
    assert change(118, 104) == Change("↑ 13%", better=True)
    assert change(47, 50) == Change("↓ 6%", better=False)
    assert change(5, 0) == Change("", better=None)
    assert change(None, 4) == Change("", better=None)


def test_what_rests_on_fewer_than_ten_is_compared_in_words():
    words = {"than": "比上周此时", "few": "上周此时 %(n)s 组"}
    assert compared(28, 3, base=3, **words) == Change("上周此时 3 组", better=None)
    assert compared(0.5, 0.2, base=9, **words) == Change("上周此时 9 组", better=None)
    assert compared(28, 10, base=10, **words) == Change("↑ 180%", better=True, against="比上周此时")
    assert compared(28, 0, base=0, **words).text == ""


def test_a_stretch_is_the_stores_own_day_up_to_the_same_time():
    now = datetime(2026, 11, 14, 6, 30, tzinfo=ZoneInfo("UTC"))
    assert so_far(SHANGHAI, now).start == datetime(2026, 11, 14, tzinfo=SHANGHAI)
    past = so_far(SHANGHAI, now, weeks_ago=1)
    assert past.start == datetime(2026, 11, 7, tzinfo=SHANGHAI)
    assert past.end == datetime(2026, 11, 7, 14, 30, tzinfo=SHANGHAI)


def test_a_day_has_twenty_five_hours_when_the_clocks_go_back():
    berlin = ZoneInfo("Europe/Berlin")
    stretch = whole(berlin, datetime(2026, 10, 25, tzinfo=berlin).date())
    assert stretch.end.astimezone(ZoneInfo("UTC")) - stretch.start.astimezone(ZoneInfo("UTC")) == timedelta(hours=25)
