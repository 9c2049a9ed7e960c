import re
from datetime import timedelta

from django.test import Client

from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.staff.models import Shift
from clothier.staff.services import add_shift, move_shift
from tests.roster.conftest import SHANGHAI, at, plan

WEEK = "/roster/at/sh-nanjing/"
NEW = "/roster/at/sh-nanjing/shifts/new/"


def written(cast, **changed):
    form = {
        "employee": cast.chen.pk,
        "day": "2026-11-16",
        "starts": "10:00",
        "ends": "18:00",
        "post": "cashier",
        "zone": cast.entrance.pk,
    }
    return {**form, **changed}


def seal_of(client: Client, shift: int) -> str:
    page = client.get(f"/roster/shifts/{shift}/").content.decode()
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_a_planner_starts_at_the_first_store_and_everybody_else_at_their_own_shifts(cast, seat):
    assert seat(cast.wu).get("/roster/").url == f"{WEEK}?day=2026-11-14"
    assert seat(cast.gao).get("/roster/").url == "/roster/at/hz-hubin/?day=2026-11-14"
    assert seat(cast.gao).get("/roster/?store=sh-nanjing&day=2026-11-20").url == f"{WEEK}?day=2026-11-20"
    assert seat(cast.zhou).get("/roster/").url == "/roster/mine/"


def test_the_week_shows_people_shifts_and_gaps(cast, wu):
    response = wu.get(WEEK)
    week = response.context["week"]
    assert [(row.person.name, row.hours) for row in week.rows] == [("周敏", "8"), ("陈晓", ""), ("吴静", "8")]
    saturday, sunday = week.days[5], week.days[6]
    assert [(stint.shift.name, stint.time, stint.post) for stint in saturday.stints] == [
        ("周敏", "10:00–18:00", "导购"),
        ("周敏", "10:00–18:00", "迎宾"),
        ("吴静", "10:00–18:00", "值班主管"),
    ]
    # The store opens 9:30–21:30; what is over by ten o'clock is not asked for any more.
    assert [(gap.post, gap.time) for gap in saturday.gaps] == [
        ("greeter", "18:00–21:30"),
        ("associate", "18:00–21:30"),
        ("lead", "18:00–21:30"),
    ]
    assert [(gap.post, gap.time) for gap in sunday.gaps] == [
        ("greeter", "09:30–21:30"),
        ("associate", "09:30–21:30"),
        ("lead", "09:30–21:30"),
    ]
    assert week.days[4].gaps == []
    assert sunday.gaps[0].fill == f"{NEW}?day=2026-11-15&post=greeter&starts=09%3A30&ends=21%3A30"
    assert "缺迎宾" in response.content.decode()


def test_the_week_costs_the_same_whether_three_work_or_thirty(cast, wu, django_assert_max_num_queries):
    wu.get(WEEK)
    with django_assert_max_num_queries(10):
        wu.get(WEEK)
    for day in range(9, 14):
        add_shift(shift=plan(cast, cast.chen, at(day, 10), at(day, 18), zone=cast.coats), zone=SHANGHAI)
    with django_assert_max_num_queries(10):
        wu.get(WEEK)


def test_nonsense_in_the_address_is_this_week(cast, wu):
    for day in ("", "yesterday", "9999-12-31", "0001-01-01", "2026-02-30"):
        assert wu.get(WEEK, {"day": day}).context["week"].monday.isoformat() == "2026-11-09"


def test_a_shift_is_planned_from_the_form_and_undone_from_the_toast(cast, wu):
    response = wu.post(NEW, written(cast))
    assert (response.status_code, response.url) == (303, f"{WEEK}?day=2026-11-16")
    shift = Shift.objects.get(employee=cast.chen)
    assert (shift.starts_at, shift.ends_at, shift.post, shift.zone) == (
        at(16, 10), at(16, 18), "cashier", cast.entrance,
    )  # fmt: skip
    page = wu.get(response.url).content.decode()
    undo = re.search(rf'action="(/roster/at/sh-nanjing/shifts/{shift.pk}/changes/\d+/undoing/)"', page)
    assert undo
    assert wu.post(undo[1]).status_code == 303
    assert not Shift.objects.filter(employee=cast.chen).exists()


def test_an_end_before_the_start_is_the_next_morning(cast, wu):
    wu.post(NEW, written(cast, starts="20:00", ends="02:00"))
    shift = Shift.objects.get(employee=cast.chen)
    assert (shift.starts_at, shift.ends_at) == (at(16, 20), at(17, 2))


def test_the_form_says_what_is_wrong_next_to_the_field(cast, wu):
    add_shift(shift=plan(cast, cast.chen, at(16, 10), at(16, 18)), zone=SHANGHAI)
    before = Shift.objects.count(), Entry.objects.count()

    def refused(**changed):
        response = wu.post(NEW, written(cast, **changed))
        assert response.status_code == 422
        return errors(response)

    assert refused(post="associate") == {"starts": ["陈晓 11-16 10:00–18:00 已排导购，时间重叠。"]}
    assert refused(day="2026-11-17", starts="08:00", ends="21:00") == {
        "ends": ["11-17 08:00–21:00 超过 12 小时，请拆成两个人的班次。"]
    }
    assert refused(employee="") == {"employee": ["这个字段是必填项。"]}
    assert refused(employee=cast.gao.pk) == {"employee": ["请选择本店的员工。"]}
    assert refused(day="2026-13-01") == {"day": ["输入一个有效的日期。"]}
    assert refused(day="9999-12-31") == {"day": ["请核对年份。"]}
    assert refused(zone="9999") == {"zone": ["这个区位不属于本店，请重新选择。"]}
    assert refused(zone=foreign_zone(cast)) == {"zone": ["这个区位不属于本店，请重新选择。"]}
    assert (Shift.objects.count(), Entry.objects.count()) == before


def foreign_zone(cast) -> int:
    return cast.other_store.zones.create(code="door", name="入口").pk


def test_somebody_who_left_meanwhile_is_named_next_to_the_field(cast, wu, saturday):
    cast.chen.left_on = at(15, 0).date()
    cast.chen.save()
    assert errors(wu.post(NEW, written(cast))) == {"employee": ["陈晓 已于 2026-11-15 离职。"]}


def test_two_managers_who_edit_at_once_are_told_of_each_other(cast, wu, seat):
    seen = plan(cast, cast.chen, at(16, 10), at(16, 18), post="cashier", zone=cast.entrance)
    shift = add_shift(shift=seen, zone=SHANGHAI).shift
    seal = seal_of(wu, shift)
    later = plan(cast, cast.chen, at(16, 12), at(16, 20), post="cashier")
    move_shift(shift=shift, seen=seen, to=later, zone=SHANGHAI, actor=cast.gao.pk)
    response = wu.post(f"/roster/shifts/{shift}/", written(cast, starts="09:00", seen=seal))
    assert response.status_code == 409
    assert errors(response) == {"__all__": ["高远 刚刚改过这个班次，您看到的已不是最新。没有保存，请核对后再提交。"]}
    page = response.content.decode()
    assert "陈晓 11月16日 12:00–20:00 收银" in page
    assert 'value="09:00"' in page
    assert Shift.objects.get(pk=shift).starts_at == at(16, 12)
    # Having seen it, the same words may be saved over it.
    fresh = re.search(r'name="seen" value="([^"]+)"', page)
    assert fresh
    assert wu.post(f"/roster/shifts/{shift}/", written(cast, starts="09:00", seen=fresh[1])).status_code == 303
    assert Shift.objects.get(pk=shift).starts_at == at(16, 9)


def test_a_shift_cancelled_meanwhile_keeps_what_was_written(cast, wu, seat):
    shift = add_shift(shift=plan(cast, cast.chen, at(16, 10), at(16, 18)), zone=SHANGHAI).shift
    seal = seal_of(wu, shift)
    assert seat(cast.gao).post(f"/roster/shifts/{shift}/cancellation/", {"seen": seal}).status_code == 303
    response = wu.post(f"/roster/shifts/{shift}/", written(cast, starts="09:00", seen=seal))
    assert response.status_code == 409
    page = response.content.decode()
    assert "高远 刚刚取消了这个班次，没有保存。" in page
    assert 'value="09:00"' in page
    assert f'action="{NEW}"' in page


def test_a_seal_written_by_hand_is_refused(cast, wu):
    shift = add_shift(shift=plan(cast, cast.chen, at(16, 10), at(16, 18)), zone=SHANGHAI).shift
    assert wu.post(f"/roster/shifts/{shift}/cancellation/", {"seen": "[1, 2]"}).status_code == 400
    assert Shift.objects.filter(pk=shift).exists()


def test_another_store_is_not_there_and_nothing_changes(cast, wu):
    foreign = Shift.objects.create(
        employee=cast.gao, store=cast.other_store, post="lead", starts_at=at(16, 10), ends_at=at(16, 18)
    )
    before = Shift.objects.count(), Entry.objects.count()
    own = add_shift(shift=plan(cast, cast.chen, at(18, 10), at(18, 18)), zone=SHANGHAI)
    seal = seal_of(wu, own.shift)
    there = "/roster/at/hz-hubin/"
    for path in (there, f"{there}print/", f"{there}now/", f"{there}copy/", f"{there}skills/", f"{there}shifts/new/"):
        assert wu.get(path).status_code == 404
    assert wu.get(f"/roster/shifts/{foreign.pk}/").status_code == 404
    assert wu.post(f"{there}shifts/new/", written(cast)).status_code == 404
    assert wu.post(f"{there}copy/", {"day": "2026-11-16"}).status_code == 404
    assert wu.post(f"{there}shifts/{own.shift}/changes/{own.change}/undoing/").status_code == 404
    assert wu.post(f"{there}skills/{cast.gao.pk}/", {"known": ["english"]}).status_code == 404
    # A shift of another store under the seal of one's own changes neither.
    assert wu.post(f"/roster/shifts/{foreign.pk}/", written(cast, seen=seal)).status_code == 409
    assert wu.post(f"/roster/shifts/{foreign.pk}/cancellation/", {"seen": seal}).status_code in (302, 409)
    assert (Shift.objects.count(), Entry.objects.count()) == (before[0] + 1, before[1] + 1)


def test_only_planners_plan(cast, seat):
    for employee in (cast.zhou, cast.chen):
        client = seat(employee)
        for path in (WEEK, NEW, f"{WEEK}copy/", f"{WEEK}skills/", f"{WEEK}now/"):
            assert client.get(path).status_code == 403
        assert client.post(NEW, written(cast)).status_code == 403
    assert Client().get(WEEK).status_code == 302
    assert not Shift.objects.filter(employee=cast.chen).exists()


def test_last_week_is_previewed_then_copied_then_undone(cast, wu):
    page = wu.get(f"{WEEK}copy/", {"day": "2026-11-18"})
    assert (page.context["copy"].new, page.context["copy"].there_already) == (3, 0)
    assert Shift.objects.count() == 3
    assert wu.post(f"{WEEK}copy/", {"day": "2026-11-18"}).url == f"{WEEK}?day=2026-11-16"
    assert Shift.objects.count() == 6
    assert wu.get(f"{WEEK}copy/", {"day": "2026-11-18"}).context["copy"].there_already == 3
    wu.post(f"{WEEK}copy/", {"day": "2026-11-18"})
    assert Shift.objects.count() == 6
    change = Entry.objects.get(type="roster.copied").pk
    assert wu.post(f"{WEEK}copies/{change}/undoing/").url == f"{WEEK}?day=2026-11-16"
    assert Shift.objects.count() == 3


def test_who_is_on_the_floor_now_and_what_is_missing(cast, wu, saturday, django_assert_max_num_queries):
    def look():
        response = wu.get(f"{WEEK}now/", headers={"HX-Request": "true"})
        assert "<html" not in response.content.decode()
        return response.context["presence"]

    presence = look()
    assert [(one.name, one.posts, one.line) for one in presence.now] == [
        ("吴静", "值班主管", "10:00–18:00"),
        ("周敏", "迎宾 · 导购", "10:00–18:00"),
    ]
    assert (presence.missing, presence.next, presence.open, presence.at) == ([], [], True, "10:00")
    later = [clock.now() + timedelta(hours=hours) for hours in (1, 2)]
    for who, post in ((cast.zhou, "cashier"), (cast.wu, "cashier"), (cast.chen, "agent")):
        Shift.objects.create(employee=who, store=cast.store, post=post, starts_at=later[0], ends_at=later[1])
    (coming,) = look().next
    assert (coming.hours, coming.posts) == ("11:00–12:00", [("收银", "周敏、吴静"), ("客服", "陈晓")])
    saturday.advance(8 * 3600)
    presence = look()
    assert presence.now == []
    assert [gap.name for gap in presence.missing] == ["迎宾", "导购", "值班主管"]
    saturday.advance(4 * 3600)
    assert (look().open, look().missing) == (False, [])
    with django_assert_max_num_queries(7):
        look()


def test_the_floor_refreshes_when_shifts_change(cast, wu):
    page = wu.get(f"{WEEK}now/").content.decode()
    assert 'hx-trigger="live:shift from:body, live:roster from:body, every 60s"' in page
    assert f'data-live-store="{cast.store.pk}"' in page


def test_the_printed_week_has_everybody(cast, wu):
    page = wu.get(f"{WEEK}print/").content.decode()
    assert all(name in page for name in ("周敏", "陈晓", "吴静", "10:00–18:00"))
