"""A simulated week through the real verbs: whatever happened, the books agree at the end."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Sum

from clothier.catalog.models import Stock
from clothier.checkout.models import Order, OrderLine
from clothier.eventlog.models import Delivery, Entry
from clothier.kernel.clock import SimulatedClock
from clothier.simulation.days import play, sweep_until
from clothier.simulation.models import Visitor
from clothier.simulation.services import fill
from clothier.standards.models import Promise
from clothier.standards.selectors import replay_differences
from clothier.visits.models import Bell, Fitting, Visit

pytestmark = pytest.mark.django_db


def pieces_in_stock() -> int:
    return Stock.objects.aggregate(pieces=Sum("quantity"))["pieces"]


def live_through(saturday: SimulatedClock, *, days: int, busiest: float, **size: int) -> int:
    """Fill a chain, let it live, and wait until the last service record is due. The pieces there were to sell."""
    fill(**size, busiest=0)
    before = pieces_in_stock()
    play(time=saturday, until=saturday.now() + timedelta(days=days), busiest=busiest, seed=7)
    sweep_until(saturday, saturday.now() + timedelta(days=2))
    return before


def check_that_the_books_agree(*, before: int) -> None:
    assert list(replay_differences()) == []
    # A conversation may end before anybody has to answer in it; nothing else is called off.
    served = Promise.objects.exclude(subject_kind="chat")
    assert Counter(served.values_list("state", flat=True)).keys() == {"kept", "broken"}
    visits = Visit.objects.filter(pk__in=Visitor.objects.values("visit_id"))
    assert visits.count() == Entry.objects.filter(type="visit.arrived").count() > 50
    assert not visits.filter(left_at=None).exists()
    assert not Fitting.objects.filter(closed_at=None).exists()
    assert not Bell.objects.filter(answered_at=None).exists()
    bought = set(visits.filter(outcome="bought").values_list("pk", flat=True))
    assert bought == set(Order.objects.filter(source="pos").values_list("visit_id", flat=True))
    sold = OrderLine.objects.filter(order__source="pos").aggregate(pieces=Sum("quantity"))["pieces"]
    assert before - sold == pieces_in_stock()
    assert not Delivery.objects.exists()


def kept(key: str) -> float:
    states = Counter(Promise.objects.filter(key=key).values_list("state", flat=True))
    return states["kept"] / (states["kept"] + states["broken"])


def test_after_a_week_every_promise_has_a_verdict_and_the_log_replays_to_the_state(saturday):
    before = live_through(saturday, days=7, busiest=0.9, customers=60, stores=2, styles=60)
    check_that_the_books_agree(before=before)
    assert 0.75 < kept("greet") < 1
    assert 0.75 < kept("approach") < 1


@pytest.mark.slow
def test_after_a_busy_week_of_the_whole_chain_the_books_agree(saturday):
    before = live_through(saturday, days=7, busiest=5, customers=500, stores=6, styles=600)
    check_that_the_books_agree(before=before)
    assert all(0.8 < kept(key) < 0.99 for key in ("greet", "approach", "propose", "call_for_help", "service_record"))
