"""Whatever is done with a case in whatever order, its row is what its events add up to, and nothing is given twice."""

import hypothesis.strategies as st
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from clothier.cases import services
from clothier.cases.models import Budget, Compensation
from clothier.cases.rules.course import replayed
from clothier.customers.services import register
from clothier.eventlog.models import Entry
from clothier.eventlog.selectors import history
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.rewards.models import Coupon
from tests.cases.conftest import opened
from tests.cast import assemble
from tests.conftest import SATURDAY

VERBS = {
    "reply": lambda case, who: services.reply(case=case, text="好的", actor=who.chen.pk),
    "call": lambda case, who: services.call(case=case, text="已说明", actor=who.chen.pk),
    "missed": lambda case, who: services.call(case=case, text="没接", actor=who.chen.pk, reached=False),
    "wrote": lambda case, who: services.customer_wrote(case=case, text="在吗"),
    "complex": lambda case, who: services.mark_complex(case=case, actor=who.chen.pk),
    "serious": lambda case, who: services.mark_serious(case=case, actor=who.chen.pk),
    "reclassify": lambda case, who: services.reclassify(
        case=case, kind="repair", topic="product", severity="minor", complex=False, actor=who.wu.pk
    ),
    "assign": lambda case, who: services.assign(case=case, owner=who.wu.pk, actor=who.chen.pk),
    "cause": lambda case, who: services.set_cause(case=case, cause="pilling", actor=who.chen.pk),
    "offer": lambda case, who: services.offer_solution(case=case, text="换一件", actor=who.chen.pk),
    "wait": lambda case, who: services.wait(case=case, waiting_for="vendor", reason="鉴定", actor=who.chen.pk),
    "resume": lambda case, who: services.resume(case=case, actor=who.chen.pk),
    "out": lambda case, who: services.hand_over_goods(
        case=case, holder="vendor", vendor="衣修坊", reason="补洞", actor=who.chen.pk
    ),
    "in": lambda case, who: services.receive_goods(case=case, actor=who.chen.pk),
    "done": lambda case, who: services.done(case=case, actor=who.chen.pk),
    "ask": lambda case, who: services.ask_confirmation(case=case, channel="sms", actor=who.chen.pk),
    "confirm": lambda case, who: services.confirm_result(case=case, actor=None),
    "close": lambda case, who: services.close(case=case, actor=who.chen.pk),
    "reopen": lambda case, who: services.reopen(case=case, reason="没好", actor=None),
    "withdraw": lambda case, who: services.withdraw(case=case, reason="不用了", actor=who.chen.pk),
    "rate": lambda case, who: services.rate(case=case, score=5),
}
OVER = {"closed", "withdrawn"}


def tried(verb, *args) -> None:
    try:
        verb(*args)
    except Refused:
        return


class AnyOrder(TestCase):
    @given(st.lists(st.sampled_from(sorted(VERBS)), min_size=1, max_size=14))
    @settings(max_examples=10)
    def test_the_row_is_what_its_events_add_up_to(self, names):
        with clock.simulated(SATURDAY) as now:
            who = assemble()
            case = opened(who)
            for name in names:
                now.advance(3_600)
                tried(VERBS[name], case.pk, who)
                case.refresh_from_db()
                assert replayed(entry.event for entry in history(case.ref)) == case.standing
                assert (case.closed_at is not None) == (case.state in OVER)
                assert case.waitings.filter(until=None).count() == (case.state == "waiting")
            # A complaint is over by the customer's word alone: nobody tried to reach anybody for long enough.
            closed = [entry for entry in history(case.ref) if entry.type == "case.closed"]
            if closed and case.kind == "complaint":
                assert Entry.objects.filter(type="case.result_confirmed").exists()

    @given(
        st.lists(
            st.tuples(st.sampled_from(["give", "approve", "refuse", "issue"]), st.integers(0, 3), st.integers(0, 2)),
            min_size=1,
            max_size=16,
        )
    )
    @settings(max_examples=10)
    def test_nothing_is_given_twice_whatever_is_doubled_or_shuffled(self, steps):
        with clock.simulated(SATURDAY):
            who = assemble()
            case = opened(who, customer=register(name="林晓"))
            for what, nth, person in steps:
                actor = (who.chen, who.wu, who.gao)[person].pk
                made = list(Compensation.objects.order_by("pk").values_list("pk", flat=True))
                if what == "give":
                    tried(lambda a=actor, n=nth: services.compensate(
                        case=case.pk, form="coupon", fen=(n + 1) * 30_00, reason="抱歉", actor=a, key=f"give-{n}-{a}"
                    ))  # fmt: skip
                elif nth < len(made):
                    verb = getattr(services, what)
                    extra = {"reason": "不合适"} if what == "refuse" else {}
                    tried(lambda v=verb, pk=made[nth], a=actor, x=extra: v(compensation=pk, actor=a, **x))
            issued = Compensation.objects.filter(state="issued")
            coupons = Coupon.objects.select_related("template")
            assert sorted(row.fen for row in issued) == sorted(coupon.template.value for coupon in coupons)
            told = [e.payload["compensation_id"] for e in history(case.ref) if e.type == "case.compensated"]
            assert sorted(told) == sorted(issued.values_list("pk", flat=True))
            for employee, fen in Budget.objects.values_list("employee_id", "fen"):
                assert fen == sum(row.fen for row in issued if row.granted_by == employee)
