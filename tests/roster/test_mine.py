from datetime import UTC, datetime

from clothier.kernel.ical import Entry, calendar
from clothier.staff.services import add_shift
from tests.roster.conftest import SHANGHAI, at, plan

NOW = datetime(2026, 11, 14, 2, 0, tzinfo=UTC)


def test_my_shifts_are_mine_and_the_next_two_weeks(cast, seat, saturday, django_assert_max_num_queries):
    add_shift(shift=plan(cast, cast.zhou, at(16, 12), at(16, 20), zone=cast.coats), zone=SHANGHAI)
    add_shift(shift=plan(cast, cast.zhou, at(28, 11), at(28, 20)), zone=SHANGHAI)
    add_shift(shift=plan(cast, cast.chen, at(16, 12), at(16, 20)), zone=SHANGHAI)
    zhou = seat(cast.zhou)
    with django_assert_max_num_queries(5):
        response = zhou.get("/roster/mine/")
    assert [
        (day.label, day.today, [(one.time, one.post, one.zone, one.running) for one in day.shifts])
        for day in response.context["days"]
    ] == [
        ("11月14日 星期六", True, [("10:00–18:00", "导购", "", True), ("10:00–18:00", "迎宾", "", True)]),
        ("11月16日 星期一", False, [("12:00–20:00", "导购", "大衣区", False)]),
    ]


def test_an_agent_without_shifts_is_told_so(cast, seat):
    assert "接下来两周没有您的班次" in seat(cast.chen).get("/roster/mine/").content.decode()


def test_the_calendar_file_holds_the_same_shifts(cast, seat):
    response = seat(cast.zhou).get("/roster/mine/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="clothier-shifts.ics"'
    lines = response.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20261114T020000Z" in lines
    assert "DTEND:20261114T100000Z" in lines
    assert "SUMMARY:迎宾" in lines
    assert "LOCATION:南京路店" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_long_lines_fold_between_characters_and_commas_are_escaped():
    place = "上海市黄浦区南京东路, 299 号; 三楼\n" + "衣" * 40
    file = calendar([Entry("shift-1@clothier", NOW, NOW, "导购", place)], name="班次", now=NOW)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    unfolded = file.decode().replace("\r\n ", "")
    assert f"LOCATION:上海市黄浦区南京东路\\, 299 号\\; 三楼\\n{'衣' * 40}\r\n" in unfolded
