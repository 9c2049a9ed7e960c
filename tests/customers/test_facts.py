import pytest

from clothier.customers.fields import BODY, DATES, SIZES
from clothier.customers.models import Fact
from clothier.customers.selectors.known import current_facts
from clothier.customers.services import (
    add_wearer,
    correct_fact,
    give_consent,
    merge,
    note_fact,
    restore_fact,
    withdraw_fact,
)
from clothier.kernel.errors import Refused
from tests.customers.people import somebody

pytestmark = pytest.mark.django_db


def size(pk, value, source="sale", **more):
    return note_fact(customer_id=pk, field="size", qualifier="大衣", value=value, source=source, **more)


def sizes(*pks):
    return [(f.value, f.times, f.conflicts, f.best) for f in current_facts(pks, groups=(SIZES,))]


def test_the_same_fact_from_one_source_is_counted_not_listed(saturday):
    pk = somebody()
    for order in range(3):
        size(pk, "M", source_ref=f"order:{order}")
    size(pk, "M", source_ref="order:2")
    assert sizes(pk) == [("M", 3, False, True)]


def test_facts_that_contradict_each_other_are_shown_both_best_first(saturday):
    pk = somebody()
    size(pk, "M", confidence=60)
    size(pk, "L", source="fitting", confidence=90)
    assert sizes(pk) == [("L", 1, True, True), ("M", 1, True, False)]


def test_two_records_merged_can_contradict_each_other_too(saturday):
    a, b = somebody("甲"), somebody("乙")
    size(a, "M", confidence=90), size(b, "L", confidence=70)
    merge(a=a, b=b)
    assert sizes(a, b) == [("M", 1, True, True), ("L", 1, True, False)]


def test_a_correction_beats_the_rest_and_a_withdrawal_can_be_undone(saturday):
    pk = somebody()
    wrong = size(pk, "S", confidence=99)
    right = correct_fact(customer_id=pk, fact_id=wrong, value="M")
    assert sizes(pk) == [("M", 1, False, True)]
    restore_fact(fact_id=wrong)
    withdraw_fact(fact_id=right)
    assert sizes(pk) == [("S", 1, False, True)]


def test_an_expired_fact_is_not_current(saturday):
    pk = somebody()
    size(pk, "M", expires_at=saturday.now())
    assert sizes(pk) == []


def test_measurements_and_birthdays_are_readable_only_through_the_key(saturday):
    pk = somebody()
    note_fact(customer_id=pk, field="waist", value="68")
    note_fact(customer_id=pk, field="birthday", value="1990/5/3")
    assert {row.value for row in Fact.objects.all()} == {""}
    assert [f.value for f in current_facts([pk], groups=(DATES, BODY))] == ["1990-05-03", "68"]


@pytest.mark.parametrize("day", ["13-40", "02-30", "tomorrow", "1990-13-01"])
def test_a_day_that_is_none_is_refused(day, saturday):
    with pytest.raises(Refused):
        note_fact(customer_id=somebody(), field="birthday", value=day)
    assert Fact.objects.count() == 0


def test_a_childs_measurements_need_the_consent_for_minors(saturday):
    pk = somebody()
    child = add_wearer(customer_id=pk, relation="child")
    with pytest.raises(Refused):
        note_fact(customer_id=pk, field="height", value="120", wearer=child)
    note_fact(customer_id=pk, field="size", value="120", wearer=child)
    give_consent(
        customer_id=pk, purpose="service", channel="none", data_class="minors", notice_version="1", proof="form:1"
    )
    note_fact(customer_id=pk, field="height", value="120", wearer=child)
    assert Fact.objects.filter(wearer=child).count() == 2


def test_somebody_elses_wearer_is_refused(saturday):
    child = add_wearer(customer_id=somebody("甲"), relation="child")
    with pytest.raises(Refused):
        note_fact(customer_id=somebody("乙"), field="size", value="120", wearer=child)
