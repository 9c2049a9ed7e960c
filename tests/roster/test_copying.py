from datetime import date

from clothier.eventlog.models import Entry
from clothier.staff.models import Shift
from clothier.staff.selectors import copy_preview
from clothier.staff.services import add_shift, copy_roster, move_shift, undo_copy
from tests.roster.conftest import SHANGHAI, at, plan

NEXT = date(2026, 11, 16)


def copy(cast):
    return copy_roster(store=cast.store.pk, monday=NEXT, zone=SHANGHAI, actor=cast.wu.pk)


def next_week(cast):
    return Shift.objects.filter(store=cast.store, starts_at__gte=at(16, 0)).order_by("starts_at", "post", "id")


def test_a_week_is_copied_at_the_same_times_and_only_once(cast):
    # The cast itself works on Saturday: Zhou at two posts, Wu leads.
    copied = copy(cast)
    assert copied is not None
    assert copied.shifts == 3
    assert [(row.employee.name, row.post, row.starts_at) for row in next_week(cast)] == [
        ("周敏", "associate", at(21, 10)),
        ("周敏", "greeter", at(21, 10)),
        ("吴静", "lead", at(21, 10)),
    ]
    assert copy(cast) is None
    entry = Entry.objects.get(type="roster.copied")
    assert entry.payload == {"monday": "2026-11-16", "shift_ids": [row.pk for row in next_week(cast).order_by("id")]}


def test_the_preview_says_what_comes_what_is_there_and_what_no_longer_fits(cast, django_assert_max_num_queries):
    add_shift(shift=plan(cast, cast.chen, at(12, 10), at(12, 18)), zone=SHANGHAI)
    add_shift(shift=plan(cast, cast.wu, at(13, 10), at(13, 18)), zone=SHANGHAI)
    add_shift(shift=plan(cast, cast.wu, at(20, 16), at(20, 20)), zone=SHANGHAI)
    add_shift(shift=plan(cast, cast.zhou, at(21, 10), at(21, 18)), zone=SHANGHAI)
    cast.chen.left_on = date(2026, 11, 15)
    cast.chen.save()
    gao = cast.viewer(cast.gao)
    with django_assert_max_num_queries(3):
        preview = copy_preview(gao, store=cast.store.pk, monday=NEXT, zone=SHANGHAI)
    assert [(preview.names[one.employee_id], one.post, one.starts_at) for one in preview.new] == [
        ("周敏", "greeter", at(21, 10)),
        ("吴静", "lead", at(21, 10)),
    ]
    assert preview.there_already == 1
    assert [one.why for one in preview.refused] == [
        "陈晓 已于 2026-11-15 离职。",
        "吴静 11-20 16:00–20:00 已排导购，时间重叠。",
    ]


def test_a_foreign_store_has_no_preview(cast):
    preview = copy_preview(cast.viewer(cast.wu), store=cast.other_store.pk, monday=NEXT, zone=SHANGHAI)
    assert (preview.new, preview.left_out) == ((), ())


def test_undoing_a_copy_leaves_what_somebody_changed_since(cast):
    copied = copy(cast)
    assert copied is not None
    lead = next_week(cast).get(post="lead")
    seen = plan(cast, cast.wu, at(21, 10), at(21, 18), post="lead")
    move_shift(shift=lead.pk, seen=seen, to=plan(cast, cast.wu, at(21, 11), at(21, 19), post="lead"), zone=SHANGHAI)
    assert undo_copy(store=cast.store.pk, change=copied.change, actor=cast.wu.pk).shifts == 2
    assert list(next_week(cast)) == [lead]
    assert undo_copy(store=cast.store.pk, change=copied.change, actor=cast.wu.pk).shifts == 0
    assert Entry.objects.filter(type="roster.copy_undone").count() == 1
