from datetime import timedelta

import pytest
from django.template import engines
from django.utils import translation

from clothier.desks.shell.words import ago, compact, duration, initial
from tests.conftest import SATURDAY


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 秒"), (8, "8 秒"), (200, "3 分 20 秒"), (180, "3 分"), (7500, "2 小时 5 分"), (266_400, "3 天 2 小时")],
)
def test_a_length_of_time_is_said_in_at_most_two_units(seconds, said):
    assert duration(seconds) == said


def test_english_says_it_in_english():
    with translation.override("en"):
        assert duration(200) == "3 min 20 s"
        assert ago(SATURDAY - timedelta(minutes=5), SATURDAY) == "5 min ago"


@pytest.mark.parametrize(
    ("seconds", "text"), [(7.2, "0:08"), (725, "12:05"), (18_000, "5时"), (259_200, "3天"), (-12, "+0:12")]
)
def test_a_ring_says_it_shortly(seconds, text):
    assert compact(seconds) == text


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(seconds=30), "刚刚"),
        (timedelta(minutes=5), "5 分钟前"),
        (timedelta(hours=2), "今天 08:00"),
        (timedelta(hours=20), "昨天 14:00"),
        (timedelta(days=9), "11月5日"),
        (timedelta(days=400), "2025年10月10日"),
    ],
)
def test_a_past_moment_is_said_as_people_say_it(back, said):
    assert ago(SATURDAY - back, SATURDAY) == said


@pytest.mark.parametrize(
    ("name", "letter"),
    [("林若溪", "林"), ("Emma Clark", "EC"), ("Ms 陈芷若", "陈"), ("Party of 3", "3"), ("3 位客人", "3"), ("", "·")],
)
def test_an_avatar_shows_the_family_name_or_initials(name, letter):
    assert initial(name) == letter


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ 128050|money }}", "¥1,280.50"),
        ("{{ none|money }}", "–"),
        ("{{ 12345|points }}", "12,345"),
        ("{{ 0.954|percent }}", "95%"),
        ("{{ 0.954|percent(1) }}", "95.4%"),
        ("{{ 'manager'|role }}", "店长"),
        ("{{ 'zh-hans'|language_tag }}", "zh-Hans"),
    ],
)
def test_filters_write_figures_the_house_way(written, shown):
    assert engines["jinja2"].from_string(written).render() == shown
