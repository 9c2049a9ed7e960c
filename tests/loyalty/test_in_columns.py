"""However many orders are told together, in whatever order and how often: the ledger is as when each was told alone."""

import random
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from clothier.checkout.contracts import LineKind, OrderKind
from clothier.checkout.models import OrderLine
from clothier.checkout.points import move_points
from clothier.checkout.services import record_orders
from clothier.customers.services import register
from clothier.eventlog.models import Entry as Told
from clothier.kernel import clock
from clothier.loyalty.models import Entry, Lot, Membership
from clothier.loyalty.selectors import balance
from tests.checkout.facts import line, order
from tests.conftest import SATURDAY
from tests.loyalty.ledger import differences

FEN = st.integers(1, 400_000)
SALES = st.lists(st.tuples(st.lists(FEN, min_size=1, max_size=3), st.integers(0, 5_000)), min_size=1, max_size=5)
# Which line sold came back, how much of it in hundredths, and what was taken instead (0: nothing).
BACK = st.lists(st.tuples(st.integers(0, 14), st.integers(1, 100), st.sampled_from([0, 0, 9_900, 88_000])), max_size=5)


def sold(customers: list[int], sales: list[tuple[list[int], int]]) -> list[OrderLine]:
    facts = []
    for n, (prices, off) in enumerate(sales):
        goods = [line(f"K{place}", price=fen) for place, fen in enumerate(prices)]
        less = [line("-", price=-min(off, sum(prices) - 1))._replace(kind=LineKind.DISCOUNT)] if off else []
        at = SATURDAY - timedelta(days=90 - n)
        facts.append(order(f"A{n}", *goods, *less, customer=customers[n % len(customers)], occurred_at=at))
    record_orders(facts=facts)
    return list(OrderLine.objects.filter(kind=LineKind.GOODS).select_related("order").order_by("pk"))


def brought_back(lines: list[OrderLine], told: list[tuple[int, int, int]]) -> None:
    facts, gone = [], set()
    for n, (place, share, instead) in enumerate(told):
        one = lines[place % len(lines)]
        fen = one.total_fen * share // 100
        if one.pk in gone or not fen:
            continue
        gone.add(one.pk)
        back = line("R", quantity=-1, price=fen)._replace(returned_line=one.pk)
        about = {"customer": one.order.customer_id, "occurred_at": SATURDAY - timedelta(days=30 - n)}
        if instead:
            facts.append(order(f"X{n}", back, line("N", price=instead), **about))
        else:
            facts.append(order(f"R{n}", back, kind=OrderKind.RETURN, **about))
    record_orders(facts=facts)


def ledger() -> tuple[list[object], ...]:
    """Everything but keys and the moments of writing it down."""
    names = (
        "source",
        "document",
        "line",
        "kind",
        "lot__document",
        "customer_id",
        "points",
        "fen",
        "rate",
        "campaign_id",
    )
    entries = Entry.objects.values_list(*names, "origin__line", "occurred_at", "actor_id")
    lots = Lot.objects.values_list(
        "source", "document", "customer_id", "store_id", "remaining", "matures_at", "expires_at"
    )
    people = Membership.objects.values_list("customer_id", "tier", "qualifying_fen", "grace_until", "next_look_at")
    points = Told.objects.filter(type__startswith="points.").values_list(
        "type", "customer_id", "occurred_at", "payload"
    )
    said = sorted((*some, {**payload, "lot_id": 0}) for *some, payload in points)
    return sorted(map(repr, entries)), sorted(lots), sorted(map(repr, people)), sorted(map(repr, said))


@pytest.mark.django_db
@settings(max_examples=6)
@given(sales=SALES, back=BACK, turn=st.randoms(use_true_random=False), size=st.integers(1, 9))
def test_orders_told_together_shuffled_and_doubled_move_points_as_each_alone(sales, back, turn, size):
    with clock.simulated(SATURDAY), transaction.atomic():
        customers = [register(name="林晓"), register(name="孙悦")]
        brought_back(sold(customers, sales), back)
        orders = list(Told.objects.filter(type__in=["sale.recorded", "return.recorded"]).order_by("occurred_at", "pk"))

        alone = told_in(orders, 1)
        shuffled = turn.sample(orders * 2, 2 * len(orders))

        assert told_in(shuffled, size) == alone
        transaction.set_rollback(True)


def told_in(orders: list[Told], size: int) -> tuple[list[object], ...]:
    """The ledger after the orders were told so many at a time; then all is as before."""
    with transaction.atomic():
        for first in range(0, len(orders), size):
            move_points(orders[first : first + size])
        assert differences() == []
        found = ledger()
        transaction.set_rollback(True)
    return found


def test_two_hundred_orders_and_their_returns_are_told_in_a_bounded_number_of_queries(
    lin, sun, django_assert_max_num_queries
):
    random.seed(7)
    lines = sold([lin, sun], [([19_900, 5_000], 0)] * 100)
    brought_back(lines, [(place, 100, 0) for place in random.sample(range(200), 100)])
    orders = list(Told.objects.filter(type__in=["sale.recorded", "return.recorded"]))

    with django_assert_max_num_queries(60):
        move_points(orders)

    kept = OrderLine.objects.filter(pk__in=[one.pk for one in lines], returns=None)
    both = balance(lin), balance(sun)
    assert sum(has.available + has.pending for has in both) == sum(one.total_fen // 100 for one in kept)
