"""Orders, payments and points: what an order took in points is gone from the ledger, and back when it came back."""

from datetime import timedelta

import pytest

from clothier.checkout.models import Order, Tender
from clothier.customers.services import register
from clothier.kernel import clock
from clothier.kernel.clock import SimulatedClock
from clothier.loyalty.selectors import points_kept
from clothier.loyalty.services import give_back, grant, spend
from clothier.settlement.contracts import DifferenceKind, DifferenceState
from clothier.settlement.models import BusinessDay, Difference
from clothier.settlement.services import close_day, resolve, undo_decision
from clothier.settlement.services.matching import settle
from clothier.standards.models import Promise
from tests.cast import Cast
from tests.settlement.books import paid


@pytest.fixture
def rich(cast: Cast) -> int:
    member = register(name="林晓")
    grant(customer=member, points=5_000, reason="goodwill", key="g")
    return member


def ordered(cast: Cast, number: str) -> Order:
    return Order.objects.create(
        source="till", number=number, digest=number, kind="sale", store=cast.store, total_fen=9_900, goods_fen=9_900,
        pieces=1, occurred_at=clock.now(), recorded_at=clock.now(),
    )  # fmt: skip


def by_points(order: Order, points: int, of: str = "") -> Tender:
    document = of or f"order:{order.pk}"
    return Tender.objects.create(order=order, method="points", fen=points, points=points, points_of=document)


def off() -> list[tuple[str, str, int, int]]:
    return list(Difference.objects.filter(state="open").values_list("kind", "reference", "ours_fen", "theirs_fen"))


def test_points_that_an_order_took_are_gone_from_the_ledger_and_those_it_gave_back_are_there(cast: Cast, rich: int):
    sale, back = ordered(cast, "A1"), ordered(cast, "A2")
    document = f"order:{sale.pk}"
    by_points(sale, 400)
    spend(customer=rich, points=400, document=document)
    by_points(back, -100, of=document)
    give_back(spent_on=document, document="refund:1", points=100)
    day = close_day(store=cast.store.pk, day=clock.now().date(), actor=None)

    assert settle(day=day.pk) is True
    assert points_kept([document]) == {document: 300}
    assert off() == []


def test_each_way_of_disagreeing_is_a_difference_and_a_day_with_one_is_not_through(cast: Cast, rich: int):
    taken, unpaid, less = (ordered(cast, number) for number in ("A1", "A2", "A3"))
    spend(customer=rich, points=400, document=f"order:{taken.pk}")
    by_points(unpaid, 200)
    by_points(less, 300)
    spend(customer=rich, points=100, document=f"order:{less.pk}")
    day = close_day(store=cast.store.pk, day=clock.now().date(), actor=None)

    assert settle(day=day.pk) is False
    assert sorted(off()) == [
        (DifferenceKind.AMOUNT, f"order:{less.pk}", 300, 100),
        (DifferenceKind.MISSING_HERE, f"order:{taken.pk}", 0, 400),
        (DifferenceKind.MISSING_THERE, f"order:{unpaid.pk}", 200, 0),
    ]

    spend(customer=rich, points=200, document=f"order:{unpaid.pk}")
    settle(day=day.pk)
    assert Difference.objects.get(reference=f"order:{unpaid.pk}").state == DifferenceState.GONE


def test_what_points_paid_after_the_close_is_the_next_days_as_money_is_and_both_are_counted_as_late(
    cast: Cast, saturday: SimulatedClock
):
    today = clock.now().date()
    closed = close_day(store=cast.store.pk, day=today, actor=None)
    saturday.advance(60)
    paid(cast.store.pk, "a1", 9_900, at=clock.now(), method="cash")
    by_points(ordered(cast, "A1"), 400)
    saturday.advance(86_400)
    following = close_day(store=cast.store.pk, day=today + timedelta(days=1), actor=None)
    settle(day=closed.pk)

    told = {day.pk: (day.late, sorted(day.figures.values_list("line", "fen"))) for day in BusinessDay.objects.all()}
    assert told[closed.pk] == (0, [])
    assert told[following.pk] == (1, [("cash", 9_900), ("points", 400), ("sales", 10_300)])


def test_a_matched_day_that_opens_again_runs_its_promise_again(cast: Cast, rich: int):
    sale = ordered(cast, "A1")
    by_points(sale, 200)
    day = close_day(store=cast.store.pk, day=clock.now().date(), actor=None)
    settle(day=day.pk)
    (difference,) = Difference.objects.all()
    resolve(difference=difference.pk, reason="booked", note="已补记", actor=None)
    promise = Promise.objects.get(key="settlement")
    assert promise.state == "kept"

    undo_decision(difference=difference.pk, actor=None)

    promise.refresh_from_db()
    assert promise.state == "running"
