"""Who a role is comes from the roster and the organisation; when a clock runs comes from the store's calendar."""

from datetime import timedelta

import pytest

from clothier.kernel import clock
from clothier.standards.contracts import role_resolver, store_directory
from tests.standards.conftest import ANSWER, Asked, happen, house_rules, promise


@pytest.mark.parametrize(
    ("role", "who"),
    [
        ("greeter", ["zhou"]),
        ("associate", ["zhou"]),
        ("cashier", ["wu"]),
        ("lead", ["wu"]),
        ("supervisor", ["wu"]),
        ("manager", ["wu"]),
        ("agent", ["wu"]),
        ("finance", ["gao"]),
        ("business_owner", ["gao"]),
    ],
)
def test_a_role_is_whoever_fills_it_now_or_the_next_one_up(cast, role, who):
    people = role_resolver.ask(role, cast.store.pk, None, clock.now())
    assert people == [getattr(cast, name).pk for name in who]


def test_a_skilled_person_of_the_store_is_the_specialist(cast):
    cast.chen.skills = ["specialist"]
    cast.chen.save()
    assert role_resolver.ask("specialist", cast.store.pk, None, clock.now()) == [cast.chen.pk]


def test_who_is_good_at_complaints_owns_the_cases_else_the_agent_on_shift(cast):
    assert role_resolver.ask("case_owner", cast.store.pk, None, clock.now()) == [cast.wu.pk]
    cast.chen.skills = ["complaints"]
    cast.chen.save()
    assert role_resolver.ask("case_owner", cast.store.pk, None, clock.now()) == [cast.chen.pk]


def test_after_the_shift_the_manager_hears_and_without_a_manager_head_office(cast):
    night = clock.now() + timedelta(hours=12)
    assert role_resolver.ask("associate", cast.store.pk, None, night) == [cast.wu.pk]
    assert role_resolver.ask("associate", cast.other_store.pk, None, night) == [cast.gao.pk]


def test_every_store_has_its_calendar(cast):
    assert [(one.id, one.calendar) for one in store_directory.ask([cast.store.pk])] == [(cast.store.pk, "store")]


def test_a_promise_made_at_night_runs_from_the_opening(cast, saturday):
    house_rules({**ANSWER, "clock": "opening", "tier": {}})
    saturday.advance(timedelta(hours=11, minutes=25).total_seconds())
    happen(Asked(), store=cast.store.pk)
    # 21:25 on Saturday: five minutes are left today, five run from 9:30 on Sunday.
    assert promise().due_at == saturday.now() + timedelta(hours=12, minutes=10)
