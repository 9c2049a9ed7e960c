"""Making up for something: who may give what, and that it is given once."""

import pytest
from django.db.models import Sum

from clothier.cases import services
from clothier.cases.contracts import NewLine
from clothier.cases.models import Budget, Compensation
from clothier.catalog.models import Sku
from clothier.checkout.models import Cart, Order, Refund, Tender
from clothier.checkout.services import pay_cash, refund_lines
from clothier.checkout.services.confirming import due_of
from clothier.customers.services import register
from clothier.eventlog.models import Entry
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.loyalty.models import Grant
from clothier.rewards.models import Coupon
from clothier.rewards.selectors import template_by_code
from clothier.rewards.services import close_template
from clothier.staff.models import Employee, Shift, User
from clothier.standards.selectors import promises_for
from clothier.standards.services import sweep
from tests.cases.conftest import opened
from tests.checkout.shop import bought, confirmed, goods

HOUR, DAY = 3_600, 86_400


@pytest.fixture
def case(cast, lin):
    return opened(cast, customer=lin)


def given(case, cast, fen, form="coupon", **more):
    return services.compensate(
        case=case.pk, form=form, fen=fen, reason="耽误了您的时间", **{"actor": cast.chen.pk, **more}
    )


def test_fifty_yuan_are_given_without_asking_as_a_coupon(cast, case, lin):
    made = given(case, cast, 50_00)
    coupon = Coupon.objects.get(customer_id=lin)
    assert (made.state, made.granted_by, made.document) == ("issued", cast.chen.pk, f"coupon:{coupon.pk}")
    assert coupon.template.value == 50_00
    assert Budget.objects.get(employee_id=cast.chen.pk).fen == 50_00


def test_a_hundred_and_twenty_are_asked_for_and_the_supervisor_says_yes(cast, case, lin):
    made = given(case, cast, 120_00)
    assert (made.state, Coupon.objects.count()) == ("asked", 0)
    with pytest.raises(Refused):
        services.approve(compensation=made.pk, actor=cast.zhou.pk)
    made = services.approve(compensation=made.pk, actor=cast.wu.pk)
    assert (made.state, made.granted_by, made.approval.role) == ("issued", cast.wu.pk, "manager")
    assert Coupon.objects.get(customer_id=lin).template.value == 120_00


def test_nobody_approves_what_they_asked_for(cast, case):
    made = given(case, cast, 1_500_00, actor=cast.wu.pk)
    assert made.state == "asked"
    with pytest.raises(Refused):
        services.approve(compensation=made.pk, actor=cast.wu.pk)
    assert services.approve(compensation=made.pk, actor=cast.gao.pk).approval.role == "general_manager"


def test_a_split_is_one_sum_in_thirty_days_whichever_case_and_whoever_gives(cast, case, lin, saturday):
    given(case, cast, 40_00)
    other = opened(cast, customer=lin)
    assert given(other, cast, 20_00, actor=cast.zhou.pk).state == "asked"
    saturday.advance(31 * DAY)
    assert given(other, cast, 20_00, actor=cast.zhou.pk).state == "issued"


def test_the_months_budget_ends(cast, saturday):
    for _nth in range(10):
        assert given(opened(cast, customer=register(name="顾客")), cast, 50_00).state == "issued"
    assert given(opened(cast, customer=register(name="顾客")), cast, 10_00).state == "asked"
    saturday.advance(30 * DAY)
    assert given(opened(cast, customer=register(name="顾客")), cast, 10_00).state == "issued"


def test_the_front_line_gives_coupons_and_services_and_asks_for_points_and_money(cast, case, lin, sale):
    assert given(case, cast, 10_00, form="points").state == "asked"
    assert given(case, cast, 10_00, form="service").state == "issued"


def test_points_are_worth_what_was_said(cast, case, lin):
    given(case, cast, 30_00, form="points", actor=cast.wu.pk)
    assert Grant.objects.get(customer_id=lin).points == 3_000
    # They are one sum with what comes after.
    assert given(case, cast, 25_00).state == "asked"


def test_money_goes_back_to_what_the_order_was_paid_with_and_not_twice_with_the_goods(cast, lin, sale):
    case = opened(cast, customer=lin, order=sale.pk)
    given(case, cast, 100_00, form="money", actor=cast.wu.pk)
    assert Refund.objects.get().fen == 100_00
    pieces = {line.pk: 1 for line in sale.lines.all()}
    back = refund_lines(order=sale.pk, pieces=pieces, reason="quality", actor=cast.wu.pk, key="all")
    assert back.fen == sale.total_fen - 100_00
    assert sum(Order.objects.values_list("total_fen", flat=True)) == 0


def test_saying_it_twice_gives_it_once(cast, case, lin):
    first = given(case, cast, 50_00, key="tap")
    assert given(case, cast, 50_00, key="tap") == first
    asked = given(case, cast, 90_00, key="tap-2")
    for key in ("yes", "yes", "yes again"):
        services.approve(compensation=asked.pk, actor=cast.wu.pk, key=key)
    assert (Compensation.objects.count(), Coupon.objects.filter(customer_id=lin).count()) == (2, 2)


def test_what_cannot_be_issued_stays_approved_and_says_why(cast, case, lin):
    given(opened(cast, customer=register(name="顾客")), cast, 120_00, actor=cast.wu.pk)
    close_template(template=template_by_code("goodwill-12000"), reason="停发")
    made = services.approve(compensation=given(case, cast, 120_00).pk, actor=cast.wu.pk)
    assert (made.state, made.problem) == ("approved", "这种券现在不发放")
    assert services.issue(compensation=made.pk, actor=cast.wu.pk).state == "approved"


def test_no_is_said_with_a_reason_and_nothing_is_given(cast, case):
    made = given(case, cast, 120_00)
    with pytest.raises(Refused):
        services.refuse(compensation=made.pk, reason=" ", actor=cast.wu.pk)
    assert services.refuse(compensation=made.pk, reason="先维修", actor=cast.wu.pk).state == "refused"
    assert services.approve(compensation=made.pk, actor=cast.wu.pk).state == "refused"
    assert Coupon.objects.count() == 0


def exchanged(cast, sale, code, other, lin) -> Cart:
    """One piece of a sale for another, by the case, paid for in cash where there is something to pay."""
    line = sale.lines.get(code=code)
    piece = NewLine(line.pk, 1, "size", "attached", "unworn", wanted_sku=Sku.objects.get(code=other).pk)
    case = opened(cast, kind="exchange", customer=lin, order=sale.pk, lines=[piece], holder="shop", origin="store")
    cart = Cart.objects.get(pk=services.begin_exchange(case=case.pk, store=cast.store.pk, actor=cast.zhou.pk))
    confirmed(cart)
    due = due_of(Cart.objects.get(pk=cart.pk))
    return pay_cash(cart=cart.pk, tendered_fen=due, actor=cast.zhou.pk, key=f"cash:{cart.pk}")


def drawer() -> int:
    """What customers have paid and not got back, in all."""
    return Tender.objects.aggregate(fen=Sum("fen"))["fen"]


def test_what_was_given_of_a_price_pays_for_no_second_garment(cast, lin, sale):
    paid = sale.total_fen
    given(opened(cast, customer=lin, order=sale.pk), cast, 200_00, form="money", actor=cast.wu.pk)
    assert drawer() == paid - 200_00
    # Of the sale less is left than the coat had cost: it is worth what is left, and the customer adds the rest.
    new = exchanged(cast, sale, "C2001-BLACK-M", "C2001-BLACK-S", lin).order
    assert drawer() == new.total_fen == sum(Order.objects.values_list("total_fen", flat=True))
    left = sale.lines.get(code="A1001-BLACK-均码")
    back = refund_lines(order=sale.pk, pieces={left.pk: 1}, reason="unwanted", actor=cast.wu.pk, key="scarf")
    # Both pieces of the sale are back, and all that was paid for them was used: the scarf gives nothing more.
    assert (back.fen, drawer()) == (0, new.total_fen)


@pytest.mark.parametrize("goodwill", [1, 50_00, 400_00])
def test_an_exchange_of_all_that_was_bought_conserves_every_fen(cast, lin, goodwill):
    goods(cast.store.pk)
    sale = bought(cast.store.pk, "C2001-BLACK-M", actor=cast.zhou.pk, customer=lin).order
    given(opened(cast, customer=lin, order=sale.pk), cast, goodwill, form="money", actor=cast.wu.pk)
    new = exchanged(cast, sale, "C2001-BLACK-M", "C2001-BLACK-S", lin).order
    assert drawer() == new.total_fen == sale.total_fen == sum(Order.objects.values_list("total_fen", flat=True))
    pieces = {line.pk: 1 for line in new.lines.all()}
    assert refund_lines(order=new.pk, pieces=pieces, reason="quality", actor=cast.wu.pk, key="all").fen == new.total_fen
    assert (drawer(), sum(Order.objects.values_list("total_fen", flat=True))) == (0, 0)
    with pytest.raises(Refused):
        given(opened(cast, customer=lin, order=sale.pk), cast, 1, form="money", actor=cast.wu.pk)


def test_what_was_asked_for_is_decided_within_four_hours_or_the_next_level_hears_of_it(cast, saturday):
    case = opened(cast)
    asked = [
        services.compensate(case=case.pk, form="service", fen=fen, reason="久等了", actor=cast.chen.pk)
        for fen in (120_00, 150_00)
    ]
    first, second = (
        promises_for(SYSTEM, subject=Ref("compensation", one.pk), keys=["compensation_decision"])[0] for one in asked
    )
    assert (first.target_seconds, first.owner_role, first.state) == (4 * HOUR, "supervisor", "running")
    services.refuse(compensation=asked[0].pk, reason="先换货", actor=cast.wu.pk)
    saturday.advance(4 * HOUR + 60)
    sweep()
    assert [promises_for(SYSTEM, subject=one.subject)[0].state for one in (first, second)] == ["kept", "broken"]
    told = Entry.objects.filter(type="promise.escalated", subject_id=second.id).order_by("pk")
    assert [entry.payload["role"] for entry in told] == ["manager"]
    saturday.advance(20 * HOUR)
    sweep()
    assert [entry.payload["role"] for entry in told.all()] == ["manager", "general_manager"]
    services.approve(compensation=asked[1].pk, actor=cast.wu.pk)
    assert promises_for(SYSTEM, subject=second.subject)[0].closed_at is not None


def decider(case, cast, fen, **more):
    asked = given(case, cast, fen, form="service", **more)
    (clock,) = promises_for(SYSTEM, subject=Ref("compensation", asked.pk), keys=["compensation_decision"])
    return clock.owner_id


def test_who_is_asked_first_has_the_authority_over_that_sum_in_that_store(cast):
    """Up to two hundred whoever leads the shift, up to a thousand the manager, above that head office."""
    lead = Employee.objects.create(
        number="e009", name="孙莉", role="associate", home_store=cast.store,
        user=User.objects.create_user(username="e009", password="a password for tests"),
    )  # fmt: skip
    Shift.objects.filter(employee=cast.wu).update(employee=lead)
    assert decider(opened(cast), cast, 50_01) == lead.pk
    assert decider(opened(cast), cast, 200_00) == lead.pk
    assert decider(opened(cast), cast, 200_01) == cast.wu.pk
    assert decider(opened(cast), cast, 1_000_00) == cast.wu.pk
    assert decider(opened(cast), cast, 1_000_01) == cast.gao.pk


def test_who_asked_is_not_asked_and_what_was_given_before_counts(cast, lin):
    assert decider(opened(cast), cast, 1_500_00, actor=cast.wu.pk) == cast.gao.pk
    given(opened(cast, customer=lin), cast, 900_00, form="service", actor=cast.wu.pk)
    assert decider(opened(cast, customer=lin), cast, 100_01) == cast.gao.pk
