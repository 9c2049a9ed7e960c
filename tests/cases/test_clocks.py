"""The promises a case makes, on the simulated clock: from the shipped house rules and nothing else."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clothier.cases import services
from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.standards.events import PromiseEscalated
from clothier.standards.models import Verdict
from clothier.standards.selectors import promises_for
from clothier.standards.services import sweep
from tests.cases.conftest import opened

HOUR, DAY = 3_600, 86_400


def promise(case, key):
    sweep()
    return next(one for one in promises_for(SYSTEM, subject=case.ref, keys=[key]))


def left(case, key) -> int:
    """How many seconds the clock has to run."""
    found = promise(case, key)
    return found.target_seconds - found.elapsed_seconds


def told(key) -> list[tuple[str, list[int]]]:
    rows = Entry.objects.filter(type=PromiseEscalated.type).order_by("pk")
    return [(e.payload["role"], e.payload["employee_ids"]) for e in rows if e.payload["promise_key"] == key]


def test_a_complaint_begins_three_clocks_of_its_owner(cast, saturday):
    case = opened(cast)
    found = {
        one.key: ((one.due_at - clock.now()).total_seconds(), one.owner_id)
        for one in promises_for(SYSTEM, subject=case.ref)
    }
    assert found == {
        "complaint_first_reply": (DAY, cast.chen.pk),
        "complaint_solution": (3 * DAY, cast.chen.pk),
        "complaint_result": (7 * DAY, cast.chen.pk),
    }


def test_a_persons_reply_or_a_call_that_was_taken_answers_and_a_bots_does_not(cast, saturday):
    case = opened(cast)
    services.reply(case=case.pk, text="已收到", actor=None)
    services.call(case=case.pk, text="没人接", actor=cast.chen.pk, reached=False)
    assert promise(case, "complaint_first_reply").state == "running"
    saturday.advance(23 * HOUR)
    services.call(case=case.pk, text="已说明处理办法", actor=cast.chen.pk)
    assert promise(case, "complaint_first_reply").state == "kept"


def test_a_first_reply_after_a_day_is_broken_and_the_supervisor_is_told(cast, saturday):
    case = opened(cast)
    saturday.advance(DAY + HOUR)
    assert promise(case, "complaint_first_reply").state == "broken"
    assert [role for role, _people in told("complaint_first_reply")] == ["supervisor"]
    services.reply(case=case.pk, text="抱歉，回复晚了", actor=cast.chen.pk)
    assert promise(case, "complaint_first_reply").state == "broken"


def test_waiting_for_the_customer_stops_the_solutions_clock_no_longer_than_two_days(cast, saturday):
    case = opened(cast)
    saturday.advance(DAY)
    services.wait(case=case.pk, waiting_for="customer", reason="等顾客发照片", actor=cast.chen.pk)
    assert promise(case, "complaint_solution").state == "paused"
    saturday.advance(DAY)
    assert left(case, "complaint_solution") == 2 * DAY
    saturday.advance(2 * DAY)
    assert promise(case, "complaint_solution").state == "running"
    assert left(case, "complaint_solution") == DAY


def test_a_word_of_the_customer_ends_the_waiting_for_them_and_starts_the_clock(cast, saturday):
    case = opened(cast)
    services.wait(case=case.pk, waiting_for="customer", reason="等照片", actor=cast.chen.pk)
    saturday.advance(DAY)
    services.customer_wrote(case=case.pk, text="照片来了")
    case.refresh_from_db()
    assert (case.state, case.waiting_for) == ("open", "")
    assert promise(case, "complaint_solution").state == "running"
    assert case.waitings.get().until == clock.now()
    saturday.advance(DAY)
    assert left(case, "complaint_solution") == 2 * DAY


def test_asking_after_it_does_not_bring_the_vendor_s_answer_any_sooner(cast, saturday):
    case = opened(cast)
    services.wait(case=case.pk, waiting_for="vendor", reason="等厂家鉴定", actor=cast.chen.pk)
    saturday.advance(HOUR)
    services.customer_wrote(case=case.pk, text="有进展吗")
    case.refresh_from_db()
    assert (case.state, case.waiting_for, case.waitings.get().until) == ("waiting", "vendor", None)
    assert promise(case, "complaint_solution").state == "paused"
    # No longer than the house rules allow: two days, and then it runs whatever the vendor does.
    saturday.advance(2 * DAY)
    assert left(case, "complaint_solution") == 3 * DAY - HOUR


def test_goods_at_the_vendor_s_stop_the_repairs_clock_whatever_the_customer_says(cast, saturday):
    case = opened(cast, kind="repair", holder="shop", origin="store")
    services.hand_over_goods(case=case.pk, holder="vendor", vendor="衣修坊", reason="换拉链", actor=cast.chen.pk)
    saturday.advance(DAY)
    services.customer_wrote(case=case.pk, text="修得怎么样了")
    saturday.advance(DAY)
    services.receive_goods(case=case.pk, actor=cast.chen.pk)
    assert left(case, "aftersales_done") == 72 * HOUR


def hours_run(steps) -> int:
    """Hours the solution's clock runs, told hour by hour: at most two days a pause, four in all."""
    waiting, since, paused, run, hour = "", 0, 0, 0, 0
    for what, length in steps:
        if what == "word":
            waiting = "" if waiting == "customer" else waiting
        elif what == "resume":
            waiting = ""
        else:
            waiting, since = what, hour
        for now in range(hour, hour + length):
            still = waiting in ("customer", "vendor") and now - since < 48 and paused < 96
            paused, run = paused + still, run + (not still)
        hour += length
    return run


STEPS = st.tuples(st.sampled_from(["customer", "vendor", "colleague", "word", "resume"]), st.integers(1, 60))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=6))
def test_every_course_of_pauses_and_words_leaves_the_time_that_counting_hours_gives(cast, saturday, steps):
    case = opened(cast)
    for what, length in steps:
        if what == "word":
            services.customer_wrote(case=case.pk, text="在吗")
        elif what == "resume":
            services.resume(case=case.pk, actor=cast.chen.pk)
        else:
            services.wait(case=case.pk, waiting_for=what, reason="等", actor=cast.chen.pk)
        saturday.advance(length * HOUR)
    found = promise(case, "complaint_solution")
    broken = hours_run(steps) >= 72
    assert (found.state == "broken") is broken
    assert broken or found.elapsed_seconds == hours_run(steps) * HOUR


def test_waiting_for_a_colleague_stops_no_clock(cast, saturday):
    case = opened(cast)
    services.wait(case=case.pk, waiting_for="colleague", reason="问仓库", actor=cast.chen.pk)
    saturday.advance(DAY)
    assert left(case, "complaint_solution") == 2 * DAY


def test_a_solution_keeps_its_promise_and_the_managers_hear_of_none_after_three_days(cast, saturday):
    quick, slow = opened(cast), opened(cast)
    saturday.advance(2 * DAY)
    services.offer_solution(case=quick.pk, text="换一件新的", actor=cast.chen.pk)
    assert promise(quick, "complaint_solution").state == "kept"
    saturday.advance(DAY + HOUR)
    assert promise(slow, "complaint_solution").state == "broken"
    assert told("complaint_solution") == [("manager", [cast.wu.pk])]


def settled(cast, case):
    services.offer_solution(case=case.pk, text="换一件新的", actor=cast.chen.pk)
    services.done(case=case.pk, actor=cast.chen.pk)
    services.confirm_result(case=case.pk, actor=None)


def test_reopening_keeps_the_first_verdict_and_goes_on_from_the_time_used(cast, saturday):
    case = opened(cast)
    saturday.advance(6 * DAY)
    settled(cast, case)
    assert promise(case, "complaint_result").state == "kept"
    saturday.advance(3 * DAY)
    services.reopen(case=case.pk, reason="又起球了", actor=None)
    again = promise(case, "complaint_result")
    assert (again.state, again.cycle, left(case, "complaint_result")) == ("running", 2, DAY)
    saturday.advance(DAY + HOUR)
    assert promise(case, "complaint_result").state == "broken"
    verdicts = Verdict.objects.filter(promise__key="complaint_result").order_by("cycle")
    assert [verdict.outcome for verdict in verdicts] == ["kept", "broken"]


def test_a_complex_matter_wants_the_specialist_in_an_hour_of_service_then_people_by_the_wall_clock(cast, saturday):
    """Marked half an hour before the service closes, the hour ends at half past nine next morning; a day is a day."""
    saturday.move_to(clock.now().astimezone(ZoneInfo("Asia/Shanghai")).replace(hour=21, minute=30, second=0))
    case = opened(cast, complex=True)
    begun = clock.now()
    assert promise(case, "complex_contact").due_at - begun == timedelta(hours=12)
    saturday.advance(DAY - 1)
    sweep()
    assert told("complex_contact") == []
    saturday.advance(1)
    sweep()
    assert [role for role, _people in told("complex_contact")] == ["supervisor"]
    saturday.advance(DAY)
    sweep()
    assert [role for role, _people in told("complex_contact")] == ["supervisor", "manager"]
    services.contact_specialist(case=case.pk, text="已电话说明面料特性", actor=cast.wu.pk)
    assert promise(case, "complex_contact").closed_at == clock.now()


def test_a_specialist_within_the_hour_keeps_it(cast, saturday):
    case = opened(cast, complex=True)
    saturday.advance(50 * 60)
    services.contact_specialist(case=case.pk, text="已电话说明面料特性", actor=cast.wu.pk)
    assert promise(case, "complex_contact").state == "kept"


def test_only_the_general_managers_word_answers_a_serious_matter_in_time(cast, saturday):
    case = opened(cast, severity="serious")
    saturday.advance(HOUR)
    services.offer_solution(case=case.pk, text="先就医，费用我们承担", actor=cast.chen.pk)
    assert promise(case, "serious_solution").state == "running"
    services.offer_solution(case=case.pk, text="总经理亲自登门", actor=cast.gao.pk)
    assert promise(case, "serious_solution").state == "kept"


def test_a_serious_matter_without_the_general_manager_reaches_the_business_owner(cast, saturday):
    opened(cast, severity="serious")
    saturday.advance(2 * HOUR + 60)
    sweep()
    assert [role for role, _people in told("serious_solution")] == ["business_owner"]


def test_aftersales_stand_still_only_while_the_vendor_has_the_goods(cast, saturday):
    case = opened(cast, kind="repair", holder="shop", origin="store")
    saturday.advance(20 * HOUR)
    services.reply(case=case.pk, text="已收件，预计三天", actor=cast.chen.pk)
    assert promise(case, "aftersales_answer").state == "kept"
    services.wait(case=case.pk, waiting_for="vendor", reason="等拉链配件", actor=cast.chen.pk)
    assert promise(case, "aftersales_done").state == "running"
    services.hand_over_goods(
        case=case.pk, holder="vendor", vendor="衣修坊", reason="更换拉链", signature="王师傅", actor=cast.chen.pk
    )
    assert promise(case, "aftersales_done").state == "paused"
    saturday.advance(5 * DAY)
    services.receive_goods(case=case.pk, actor=cast.chen.pk)
    saturday.advance(41 * HOUR)
    services.done(case=case.pk, actor=cast.chen.pk)
    found = promise(case, "aftersales_done")
    assert (found.state, found.elapsed_seconds) == ("kept", 61 * HOUR)


def test_the_vendor_may_not_keep_the_goods_for_ever(cast, saturday):
    case = opened(cast, kind="repair", holder="shop", origin="store")
    services.hand_over_goods(case=case.pk, holder="vendor", vendor="衣修坊", reason="补洞", actor=cast.chen.pk)
    saturday.advance(7 * DAY)
    assert promise(case, "aftersales_done").state == "running"
    saturday.advance(73 * HOUR)
    assert promise(case, "aftersales_done").state == "broken"


def test_what_is_no_complaint_after_all_makes_no_complaints_promises(cast, saturday):
    case = opened(cast)
    services.reclassify(
        case=case.pk, kind="repair", topic="product", severity="minor", complex=False, actor=cast.chen.pk
    )
    states = {one.key: one.state for one in promises_for(SYSTEM, subject=case.ref)}
    assert states == {
        "complaint_first_reply": "cancelled",
        "complaint_solution": "cancelled",
        "complaint_result": "cancelled",
        "aftersales_answer": "running",
        "aftersales_done": "running",
    }


@pytest.mark.parametrize("ending", ["withdraw", "merge"])
def test_a_case_that_is_over_makes_no_promises(cast, saturday, ending):
    case, other = opened(cast), opened(cast)
    if ending == "withdraw":
        services.withdraw(case=case.pk, reason="顾客说不用了", actor=cast.chen.pk)
    else:
        services.merge(case=case.pk, into=other.pk, actor=cast.chen.pk)
    assert {one.state for one in promises_for(SYSTEM, subject=case.ref)} == {"cancelled"}
