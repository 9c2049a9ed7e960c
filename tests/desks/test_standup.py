"""The stand-up sheet."""

from datetime import date, timedelta

import pytest

from clothier.desks.manager.figures import Day
from clothier.desks.manager.standup import praise
from clothier.kernel import clock
from clothier.standards.selectors import Figures
from clothier.standards.services import sweep
from clothier.visits import services as visits

QUERIES = 18
NAMES = {"greet": "到店迎宾", "call_for_help": "呼叫响应"}


@pytest.fixture
def sheet(client, cast):
    client.force_login(cast.wu.user)

    def ask() -> str:
        response = client.get("/board/sh-nanjing/standup/")
        assert response.status_code == 200
        return response.content.decode()

    return ask


def day(visits: int = 0, net_fen: int = 0, **promises: tuple[int, int]) -> Day:
    counted = {key: Figures(kept=kept, broken=broken) for key, (kept, broken) in promises.items()}
    return Day(visits=visits, people=visits, orders=0, net_fen=net_fen, promises=counted)


def test_the_managers_own_sheet_is_the_stores(client, cast):
    client.force_login(cast.wu.user)
    assert client.get("/board/standup/")["Location"] == "/board/sh-nanjing/standup/"


def test_yesterdays_broken_promise_is_on_the_sheet_with_room_for_its_reason(sheet, cast, saturday):
    late = visits.arrive(store=cast.store.pk, actor=cast.zhou.pk)
    saturday.advance(25)
    sweep(saturday.now())
    visits.greet(visit=late.pk, actor=cast.zhou.pk)
    visits.leave(visit=late.pk, actor=cast.zhou.pk, outcome="left")
    saturday.advance(23 * 3600)
    page = sheet()
    assert "2026年11月15日 星期日" in page
    assert "昨天 11月14日" in page
    assert "到店迎宾" in page
    assert '<td class="end fit bad" data-label="超出">15 秒</td>' in page
    assert "sheet__line" in page


def test_todays_tasks_are_on_the_sheet_and_a_done_one_says_by_whom(sheet, cast):
    task = visits.raise_task(store=cast.store.pk, day=date(2026, 11, 14), title="打开雨伞套机")
    visits.complete_task(task=task.pk, actor=cast.zhou.pk)
    page = sheet()
    assert "打开雨伞套机" in page
    assert "tick--done" in page


def test_the_roster_is_grouped_by_hours(sheet, cast):
    page = sheet()
    assert page.count("10:00–18:00") == 1
    assert "<dt>值班主管</dt><dd>吴静</dd>" in page


def test_a_promise_kept_every_time_is_praised_first():
    done = day(greet=(41, 1), call_for_help=(23, 0))
    assert praise(done, day(), NAMES) == "“呼叫响应”昨天 23 次，次次做到。"


def test_then_the_one_that_improved_most():
    done, before = day(greet=(18, 2), call_for_help=(8, 2)), day(greet=(16, 4), call_for_help=(5, 5))
    assert praise(done, before, NAMES) == "“呼叫响应”比上周同一天多守住 30 个百分点。"


def test_then_sales_or_visitors_and_never_an_invented_word():
    assert praise(day(net_fen=300), day(net_fen=200), NAMES) == "销售额超过上周同一天，谢谢大家。"
    assert praise(day(visits=12), day(visits=9), NAMES) == "昨天接待了 12 组顾客，比上周同一天多。"
    assert praise(day(visits=9), day(visits=12), NAMES) == ""


def test_a_few_lucky_times_are_no_reason_for_praise():
    assert praise(day(greet=(4, 0)), day(), NAMES) == ""


def test_the_sheet_asks_a_fixed_number_of_questions(sheet, cast, saturday, django_assert_max_num_queries):
    sheet()
    with django_assert_max_num_queries(QUERIES) as few:
        sheet()
    for number in range(8):
        visits.raise_task(store=cast.store.pk, day=date(2026, 11, 14), title=f"准备 {number}")
        visits.arrive(store=cast.store.pk, actor=cast.zhou.pk, occurred_at=clock.now() - timedelta(hours=20))
    with django_assert_max_num_queries(len(few)):
        sheet()
