from datetime import timedelta

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.staff.contracts import ShiftPlan
from clothier.staff.models import Shift
from clothier.staff.selectors import on_floor
from clothier.staff.services import plan_shift, plan_shifts


def shift(cast, saturday, *, start: float, end: float, store=None, employee=None, post="associate") -> ShiftPlan:
    return ShiftPlan(
        employee_id=(employee or cast.chen).pk,
        store_id=(store or cast.store).pk,
        post=post,
        starts_at=saturday.now() + timedelta(hours=start),
        ends_at=saturday.now() + timedelta(hours=end),
    )


def test_a_planned_shift_puts_its_person_on_the_floor(cast, saturday):
    plan_shift(shift=shift(cast, saturday, start=1, end=5, post="cashier"))
    saturday.advance(3600)
    working = on_floor(store=cast.store.pk, at=saturday.now())
    assert [row.employee_id for row in working if row.post == "cashier"] == [cast.chen.pk]
    assert Entry.objects.get(type="roster.planned").payload == {"store_id": cast.store.pk, "shifts": 1}


def test_planning_the_same_twice_plans_it_once(cast, saturday):
    plans = [shift(cast, saturday, start=1, end=5), shift(cast, saturday, start=25, end=29)]
    assert plan_shifts(shifts=plans) == 2
    assert plan_shifts(shifts=plans) == 0
    assert Shift.objects.filter(employee=cast.chen).count() == 2


def test_nobody_works_in_two_stores_at_once(cast, saturday):
    plan_shifts(shifts=[shift(cast, saturday, start=0, end=9), shift(cast, saturday, start=1, end=2, post="cashier")])
    with pytest.raises(Refused):
        plan_shift(shift=shift(cast, saturday, start=8, end=12, store=cast.other_store))
    plan_shift(shift=shift(cast, saturday, start=9, end=12, store=cast.other_store))
    assert Shift.objects.filter(employee=cast.chen).count() == 3


def test_a_shift_that_ends_before_it_starts_is_refused(cast, saturday):
    with pytest.raises(Refused):
        plan_shift(shift=shift(cast, saturday, start=5, end=1))
    assert not Shift.objects.filter(employee=cast.chen).exists()
