from datetime import date

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.places.models import Zone
from clothier.staff.models import Scope, Shift
from clothier.staff.services import Overtaken, add_shift, cancel_shift, move_shift, undo_shift_change
from tests.roster.conftest import SHANGHAI, at, plan


def add(cast, *arguments, double=False, **more):
    return add_shift(shift=plan(cast, *arguments, **more), zone=SHANGHAI, double=double, actor=cast.wu.pk)


def refusal(cast, *arguments, **more) -> tuple[str, str]:
    before = Shift.objects.count(), Entry.objects.count()
    with pytest.raises(Refused) as refused:
        add(cast, *arguments, **more)
    assert (Shift.objects.count(), Entry.objects.count()) == before
    return refused.value.field, refused.value.message


def test_a_planned_shift_is_on_the_roster_and_in_the_log(cast):
    change = add(cast, cast.chen, at(16, 10), at(16, 18), post="cashier", zone=cast.entrance)
    row = Shift.objects.get(pk=change.shift)
    assert (row.employee, row.store, row.post, row.zone) == (cast.chen, cast.store, "cashier", cast.entrance)
    entry = Entry.objects.get(pk=change.change)
    assert (entry.type, str(entry.subject), entry.store_id, entry.actor_id) == (
        "shift.planned", f"shift:{row.pk}", cast.store.pk, cast.wu.pk,
    )  # fmt: skip
    assert entry.payload == {
        "shift": {
            "employee_id": cast.chen.pk,
            "post": "cashier",
            "zone_id": cast.entrance.pk,
            "starts_at": "2026-11-16T02:00:00Z",
            "ends_at": "2026-11-16T10:00:00Z",
        }
    }


def test_what_is_wrong_is_said_of_the_field_at_fault(cast):
    add(cast, cast.chen, at(16, 10), at(16, 18))
    assert refusal(cast, cast.chen, at(16, 17), at(16, 20)) == (
        "starts", "陈晓 11-16 10:00–18:00 已排导购，时间重叠。",
    )  # fmt: skip
    assert refusal(cast, cast.chen, at(16, 17), at(16, 20), post="greeter") == (
        "double", "陈晓 11-16 10:00–18:00 已排导购。如果确实兼岗，请勾选。",
    )  # fmt: skip
    assert refusal(cast, cast.chen, at(16, 18), at(16, 23)) == (
        "ends", "连同前后的班次，陈晓 要连续工作 13 小时，超过 12 小时。",
    )  # fmt: skip
    assert refusal(cast, cast.chen, at(17, 9), at(17, 22)) == (
        "ends", "11-17 09:00–22:00 超过 12 小时，请拆成两个人的班次。",
    )  # fmt: skip
    assert refusal(cast, cast.chen, at(17, 9), at(17, 9)) == ("ends", "结束时间必须晚于开始时间。")
    assert refusal(cast, cast.gao, at(17, 9), at(17, 12)) == (
        "employee", "高远 不属于这家门店，请先由运营加入管辖范围。",
    )  # fmt: skip


def test_two_posts_at_once_are_possible_when_they_are_meant(cast):
    add(cast, cast.chen, at(16, 10), at(16, 18))
    add(cast, cast.chen, at(16, 10), at(16, 18), post="greeter", double=True)
    assert Shift.objects.filter(employee=cast.chen).count() == 2


def test_nobody_is_planned_in_two_stores_at_once(cast):
    Scope.objects.create(employee=cast.chen, store=cast.other_store)
    add(cast, cast.chen, at(16, 10), at(16, 14))
    field, message = refusal(cast, cast.chen, at(16, 13), at(16, 18), store=cast.other_store, double=True)
    assert (field, message) == ("employee", "陈晓 11-16 10:00–14:00 已排在另一家门店。")
    add(cast, cast.chen, at(16, 14), at(16, 18), store=cast.other_store)


def test_nobody_is_planned_after_the_last_day(cast):
    cast.chen.left_on = date(2026, 11, 16)
    cast.chen.save()
    add(cast, cast.chen, at(16, 10), at(16, 14))
    assert refusal(cast, cast.chen, at(17, 10), at(17, 14)) == ("employee", "陈晓 已于 2026-11-16 离职。")


def test_a_zone_of_another_store_is_refused(cast):
    foreign = Zone.objects.create(store=cast.other_store, code="door", name="入口")
    assert refusal(cast, cast.chen, at(16, 10), at(16, 14), zone=foreign) == ("zone", "这个区位属于另一家门店。")


def test_of_two_managers_who_saw_the_same_shift_one_wins_and_the_other_is_told(cast):
    seen = plan(cast, cast.chen, at(16, 10), at(16, 18))
    shift = add_shift(shift=seen, zone=SHANGHAI).shift
    later = plan(cast, cast.chen, at(16, 12), at(16, 20))
    move_shift(shift=shift, seen=seen, to=later, zone=SHANGHAI, actor=cast.wu.pk)
    other = plan(cast, cast.chen, at(16, 9), at(16, 17))
    with pytest.raises(Overtaken) as overtaken:
        move_shift(shift=shift, seen=seen, to=other, zone=SHANGHAI, actor=cast.gao.pk)
    assert overtaken.value.message == "吴静 刚刚改过这个班次，您看到的已不是最新。没有保存，请核对后再提交。"
    with pytest.raises(Overtaken):
        cancel_shift(shift=shift, seen=seen, actor=cast.gao.pk)
    with pytest.raises(Overtaken):
        move_shift(shift=shift, seen=seen, to=seen, zone=SHANGHAI, actor=cast.gao.pk)
    assert Shift.objects.get(pk=shift).starts_at == at(16, 12)
    assert list(Entry.objects.filter(subject_kind="shift").values_list("type", flat=True)) == [
        "shift.planned", "shift.moved",
    ]  # fmt: skip


def test_saving_without_a_change_tells_nothing(cast):
    seen = plan(cast, cast.chen, at(16, 10), at(16, 18))
    shift = add_shift(shift=seen, zone=SHANGHAI).shift
    assert move_shift(shift=shift, seen=seen, to=seen, zone=SHANGHAI) is None
    assert Entry.objects.filter(subject_kind="shift").count() == 1


def test_cancelling_twice_is_once(cast):
    seen = plan(cast, cast.chen, at(16, 10), at(16, 18))
    shift = add_shift(shift=seen, zone=SHANGHAI).shift
    assert cancel_shift(shift=shift, seen=seen, actor=cast.wu.pk)
    assert cancel_shift(shift=shift, seen=seen, actor=cast.wu.pk) is None
    assert not Shift.objects.filter(pk=shift).exists()
    assert Entry.objects.filter(type="shift.cancelled").count() == 1


def undo(cast, change):
    return undo_shift_change(
        store=cast.store.pk, shift=change.shift, change=change.change, zone=SHANGHAI, actor=cast.wu.pk
    )


def test_every_change_can_be_undone_once(cast):
    first = plan(cast, cast.chen, at(16, 10), at(16, 18))
    planned = add_shift(shift=first, zone=SHANGHAI)
    moved = move_shift(shift=planned.shift, seen=first, to=plan(cast, cast.chen, at(17, 10), at(17, 18)), zone=SHANGHAI)
    assert moved is not None
    for _ in range(2):
        assert undo(cast, moved) == first
        assert Shift.objects.get(pk=planned.shift).starts_at == at(16, 10)
    cancelled = cancel_shift(shift=planned.shift, seen=first)
    assert cancelled is not None
    for _ in range(2):
        assert undo(cast, cancelled) == first
        row = Shift.objects.get(employee=cast.chen)
        assert (row.pk, row.starts_at) == (planned.shift, at(16, 10))


def test_a_planning_is_undone_only_while_nobody_changed_the_shift(cast):
    first = plan(cast, cast.chen, at(16, 10), at(16, 18))
    planned = add_shift(shift=first, zone=SHANGHAI)
    move_shift(shift=planned.shift, seen=first, to=plan(cast, cast.chen, at(17, 10), at(17, 18)), zone=SHANGHAI)
    with pytest.raises(Overtaken):
        undo(cast, planned)
    assert Shift.objects.get(pk=planned.shift).starts_at == at(17, 10)


def test_another_stores_change_cannot_be_undone(cast):
    planned = add(cast, cast.chen, at(16, 10), at(16, 18))
    with pytest.raises(Refused):
        undo_shift_change(
            store=cast.other_store.pk, shift=planned.shift, change=planned.change, zone=SHANGHAI, actor=cast.wu.pk
        )
    assert Shift.objects.filter(pk=planned.shift).exists()
