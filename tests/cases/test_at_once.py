"""Two at once: the last of a budget goes once, a compensation is issued once, and a case is closed once."""

import pytest
from django.db import connection

from clothier.cases import services
from clothier.cases.models import Budget, Case, Compensation
from clothier.cases.rules.course import replayed
from clothier.customers.services import register
from clothier.eventlog.selectors import history
from clothier.kernel.errors import Refused
from clothier.rewards.models import Coupon
from tests.cases.conftest import opened
from tests.cast import assemble
from tests.visits.test_at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def several_writers():
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite has one writer and shares no tables with other threads")


def give(case, actor, fen=50_00, **more):
    return services.compensate(case=case.pk, form="coupon", fen=fen, reason="抱歉", actor=actor.pk, **more)


def broken(given) -> list[object]:
    return [one for one in given if isinstance(one, Exception) and not isinstance(one, Refused)]


def test_two_colleagues_cannot_each_give_one_customer_the_last_fifty():
    cast, lin = assemble(), register(name="林悦")
    cases = [opened(cast, customer=lin) for _ in range(4)]
    given = together(*(lambda c=c: give(c, cast.chen) for c in cases))
    assert broken(given) == []
    assert sorted(made.state for made in given) == ["asked", "asked", "asked", "issued"]
    assert Coupon.objects.filter(customer_id=lin).count() == 1


def test_the_last_of_a_budget_goes_once():
    cast = assemble()
    give(opened(cast, customer=register(name="甲")), cast.chen)
    Budget.objects.update(fen=450_00)
    cases = [opened(cast, customer=register(name=name)) for name in "乙丙丁"]
    given = together(*(lambda c=c: give(c, cast.chen) for c in cases))
    assert broken(given) == []
    assert sorted(made.state for made in given) == ["asked", "asked", "issued"]
    assert Budget.objects.get().fen == 500_00


def test_two_approvals_and_a_refusal_at_once_issue_it_at_most_once():
    cast, lin = assemble(), register(name="林悦")
    case = opened(cast, customer=lin)
    asked = give(case, cast.chen, 300_00)
    given = together(
        lambda: services.approve(compensation=asked.pk, actor=cast.wu.pk),
        lambda: services.approve(compensation=asked.pk, actor=cast.gao.pk),
        lambda: services.refuse(compensation=asked.pk, reason="不合适", actor=cast.wu.pk),
    )
    assert broken(given) == []
    asked.refresh_from_db()
    assert Coupon.objects.count() == (asked.state == "issued")
    assert Compensation.objects.filter(state="issued").count() == Coupon.objects.count()


def test_the_same_tap_twice_gives_once():
    cast, lin = assemble(), register(name="林悦")
    case = opened(cast, customer=lin)
    given = together(*(lambda: give(case, cast.chen, key="tap") for _ in range(4)))
    assert len({made.pk for made in given}) == 1
    assert Coupon.objects.count() == 1


def test_customer_and_agent_end_a_case_at_once_and_it_ends_once():
    cast = assemble()
    for _nth in range(3):
        case = opened(cast)
        services.offer_solution(case=case.pk, text="换一件", actor=cast.chen.pk)
        given = together(
            lambda c=case: services.confirm_result(case=c.pk, actor=None),
            lambda c=case: services.withdraw(case=c.pk, reason="不用了", actor=cast.chen.pk),
            lambda c=case: services.wait(case=c.pk, waiting_for="vendor", reason="鉴定", actor=cast.chen.pk),
        )
        assert broken(given) == []
        case = Case.objects.get(pk=case.pk)
        assert replayed(entry.event for entry in history(case.ref)) == case.standing
        assert case.waitings.filter(until=None).count() == (case.state == "waiting")


def test_closing_and_the_customers_no_at_once_lose_neither():
    cast = assemble()
    for _nth in range(3):
        case = opened(cast)
        services.offer_solution(case=case.pk, text="换一件", actor=cast.chen.pk)
        services.done(case=case.pk, actor=cast.chen.pk)
        services.confirm_result(case=case.pk, actor=None)
        given = together(
            lambda c=case: services.close(case=c.pk, actor=cast.chen.pk),
            lambda c=case: services.reopen(case=c.pk, reason="又坏了", actor=None),
        )
        assert broken(given) == []
        case = Case.objects.get(pk=case.pk)
        assert replayed(entry.event for entry in history(case.ref)) == case.standing
        # Whichever came first, the customer's no is heard: a case is reopened after its closing as well as before it.
        assert (case.state, case.round) == ("open", 2)


def test_the_same_compensation_asked_for_twice_and_refused_once_is_never_issued():
    cast, lin = assemble(), register(name="林悦")
    case = opened(cast, customer=lin)
    asked = give(case, cast.chen, 300_00, key="ask")
    given = together(
        lambda: give(case, cast.chen, 300_00, key="ask"),
        lambda: services.refuse(compensation=asked.pk, reason="先维修", actor=cast.wu.pk),
        lambda: services.refuse(compensation=asked.pk, reason="先换货", actor=cast.gao.pk),
        lambda: services.issue(compensation=asked.pk, actor=cast.gao.pk),
    )
    assert broken(given) == []
    assert Compensation.objects.get().state == "refused"
    assert Coupon.objects.count() == 0


def test_undoing_and_telling_the_customer_at_once_do_not_both_happen():
    cast = assemble()
    for _nth in range(3):
        case = opened(cast)
        services.offer_solution(case=case.pk, text="换一件", actor=cast.chen.pk)
        given = together(
            lambda c=case: services.undo(case=c.pk, actor=cast.chen.pk),
            lambda c=case: services.confirm_result(case=c.pk, actor=None),
        )
        assert broken(given) == []
        case = Case.objects.get(pk=case.pk)
        assert replayed(entry.event for entry in history(case.ref)) == case.standing
        assert (case.state == "confirmed") is case.offered
