"""Lists, reports, what waits for a yes, and cases that are like each other."""

from dataclasses import replace

from clothier.cases import services
from clothier.cases.contracts import State
from clothier.cases.selectors import (
    Given,
    approvals_for,
    cases_for,
    deciding,
    given_in,
    givers_of,
    kin_of,
    month_report,
    most_given,
)
from clothier.cases.selectors.giving import this_month
from clothier.cases.selectors.reports import Vendor
from clothier.kernel import clock
from tests.cases.conftest import opened

DAY = 86_400


def test_a_list_goes_on_by_key_and_asks_no_more_for_more_cases(cast, django_assert_num_queries):
    made = [opened(cast).pk for _ in range(7)]
    viewer = cast.viewer(cast.gao)
    with django_assert_num_queries(1):
        first = cases_for(viewer, limit=3)
    second = cases_for(viewer, limit=3, before=first.before)
    third = cases_for(viewer, limit=3, before=second.before)
    assert [view.id for page in (first, second, third) for view in page.cases] == made[::-1]
    assert third.before is None


def test_what_is_over_is_listed_when_asked_for(cast):
    case = opened(cast)
    services.withdraw(case=case.pk, reason="不用了", actor=cast.chen.pk)
    viewer = cast.viewer(cast.wu)
    assert list(cases_for(viewer).cases) == []
    assert [view.id for view in cases_for(viewer, states=[State.WITHDRAWN]).cases] == [case.pk]
    assert [view.id for view in cases_for(viewer, states=()).cases] == [case.pk]


def test_a_compensation_waits_on_the_desk_of_whoever_may_decide_it(cast, lin):
    case = opened(cast, customer=lin)
    asked = services.compensate(case=case.pk, form="coupon", fen=300_00, reason="抱歉", actor=cast.chen.pk)
    assert approvals_for(cast.viewer(cast.wu)) == [asked]
    roles = {name: deciding(asked, case, getattr(cast, name).pk) for name in ("zhou", "chen", "wu", "gao")}
    assert roles == {"zhou": "", "chen": "", "wu": "manager", "gao": "general_manager"}
    services.approve(compensation=asked.pk, actor=cast.wu.pk)
    assert approvals_for(cast.viewer(cast.wu)) == []
    (most,) = most_given(least_fen=200_00)
    assert (most.person_id, most.times, most.fen) == (lin, 1, 300_00)
    (wu,) = given_in(this_month(), employees=[cast.wu.pk])
    assert (wu.fen, wu.budget_fen) == (300_00, None)


def ids(relatives):
    return [one.id for one in relatives]


def test_cases_of_one_style_are_siblings_the_nearer_first(cast, lin):
    wu = cast.viewer(cast.gao)
    near, far = opened(cast, style=7), opened(cast, style=7, store=cast.other_store.pk)
    same, _other = opened(cast, style=7), opened(cast, style=8)
    case = opened(cast, style=7)
    for one in (same, case):
        services.set_cause(case=one.pk, cause="pilling", actor=cast.chen.pk)
    case.refresh_from_db()
    kin = kin_of(wu, case)
    assert ids(kin.siblings) == [same.pk, near.pk, far.pk]
    here = cast.store.pk
    assert (kin.alike(store=here), kin.alike(cause="pilling"), kin.alike(store=here, cause="seam")) == (2, 1, 0)
    services.merge(case=near.pk, into=same.pk, actor=cast.chen.pk)
    assert ids(kin_of(wu, case).siblings) == [same.pk, far.pk]


def test_the_same_matter_said_twice_is_told_from_another_of_the_same_customer(cast, lin, saturday):
    long_ago = opened(cast, customer=lin, style=7)
    saturday.advance(15 * DAY)
    case = opened(cast, customer=lin, style=7)
    twin, other_goods = opened(cast, customer=lin, style=7, kind="repair"), opened(cast, customer=lin, style=8)
    unnamed, other_topic = opened(cast, customer=lin), opened(cast, customer=lin, topic="price")
    over = opened(cast, customer=lin, style=7)
    services.withdraw(case=over.pk, reason="算了", actor=cast.chen.pk)
    kin = kin_of(cast.viewer(cast.wu), case)
    assert ids(kin.twins) == [unnamed.pk, twin.pk]
    assert ids(kin.same_customer) == [over.pk, other_topic.pk, other_goods.pk, long_ago.pk]
    over.refresh_from_db()
    assert kin_of(cast.viewer(cast.wu), over).twins == []


def test_a_month_says_what_came_and_how_it_ended(cast, lin, saturday):
    settled, reopened, repair = opened(cast, customer=lin), opened(cast), opened(cast, kind="repair", severity="minor")
    for case in (settled, reopened):
        services.offer_solution(case=case.pk, text="换一件", actor=cast.chen.pk)
        services.confirm_result(case=case.pk, actor=None)
    services.rate(case=settled.pk, score=4)
    services.reopen(case=reopened.pk, reason="又坏了", actor=None)
    services.compensate(case=repair.pk, form="service", fen=20_00, reason="久等了", actor=cast.chen.pk)
    saturday.advance(20 * DAY)
    opened(cast)
    month = month_report(cast.viewer(cast.gao), clock.now().date().replace(month=11))
    assert (month.opened, month.by("kind")) == (3, {"complaint": 2, "repair": 1})
    assert [(row.kind, row.opened, row.settled, row.reopened) for row in month.rows] == [
        ("complaint", 2, 1, 1),
        ("repair", 1, 0, 0),
    ]
    assert (month.rated, month.score, month.given, month.given_fen) == (1, 4.0, 1, 20_00)
    assert (month.answered.kept, month.done.kept, month.done.broken) == (0, 2 + 1, 0)
    assert month_report(cast.viewer(cast.gao), clock.now().date()).opened == 1


def test_a_months_report_counts_vendors_days_budgets_and_only_ones_own_stores(cast, lin, saturday):
    case = opened(cast, kind="repair", customer=lin, holder="shop")
    for days in (2, 4):
        services.hand_over_goods(case=case.pk, holder="vendor", vendor="衣修坊", reason="换拉链", actor=cast.chen.pk)
        saturday.advance(days * DAY)
        services.receive_goods(case=case.pk, actor=cast.chen.pk)
    services.compensate(case=case.pk, form="coupon", fen=40_00, reason="久等了", actor=cast.zhou.pk)
    now = clock.now().date()
    month = month_report(cast.viewer(cast.wu), now)
    assert month.vendors == (Vendor("衣修坊", 2, 3.0),)
    assert givers_of(cast.viewer(cast.wu), now) == [Given(cast.zhou.pk, 40_00, 500_00)]
    elsewhere = replace(cast.viewer(cast.wu), stores=frozenset({cast.other_store.pk}))
    assert (month_report(elsewhere, now).opened, givers_of(elsewhere, now)) == (0, [])
    assert [one.id for one in cases_for(cast.viewer(cast.wu), states=(), month=now, cause="").cases] == [case.pk]
    assert cases_for(cast.viewer(cast.wu), states=(), month=now.replace(year=2024)).cases == []
