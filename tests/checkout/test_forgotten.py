"""Carts that nobody came back to."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clothier.checkout import services
from clothier.checkout.models import Cart
from clothier.customers.services import register
from clothier.eventlog.models import Entry
from clothier.rewards.contracts import CouponKind
from clothier.rewards.models import Coupon, Template
from clothier.rewards.services import TemplateFacts, draft_template, issue, open_template
from clothier.standards.selectors import document
from clothier.worker.chores import ROUTINES
from clothier.worker.routines import enrol, run_one
from tests.checkout.shop import confirmed, goods

CARTS = [routine for routine in ROUTINES if routine.name == "forgotten-carts"]


@pytest.fixture
def zhou(cast):
    goods(cast.store.pk)
    return cast.zhou.pk


@pytest.fixture
def later(saturday):
    """The last second in which a cart is waited for, and the first in which it is not."""
    waits = timedelta(seconds=document("till").suspended_for).total_seconds()
    return lambda: saturday.advance(waits), lambda: saturday.advance(1)


def opened(cast):
    cart = services.open_cart(store=cast.store.pk, actor=cast.zhou.pk)
    services.scan(cart=cart.pk, code="C2001-BLACK-M", actor=cast.zhou.pk)
    return cart


def states():
    return list(Cart.objects.order_by("pk").values_list("state", flat=True))


def test_the_worker_gives_up_open_and_suspended_carts_and_keeps_one_somebody_pays_for(cast, zhou, later):
    opened(cast)
    services.suspend(cart=opened(cast).pk, actor=zhou)
    services.begin(cart=confirmed(opened(cast)).pk, actor=zhou)
    services.pay_cash(cart=confirmed(opened(cast)).pk, tendered_fen=130_000, actor=zhou, key="c")
    for wait, found in zip(later, (["open", "suspended"], ["dropped", "dropped"]), strict=True):
        wait()
        enrol([])
        enrol(CARTS)
        assert run_one(CARTS) == 1
        assert states() == [*found, "paying", "completed"]
    assert Entry.objects.filter(type="cart.dropped").count() == 2


def test_the_coupon_of_a_forgotten_cart_is_free_again_and_its_budget_too(cast, zhou, later):
    terms = {"kind": CouponKind.AMOUNT, "value": 50_00, "threshold_fen": 0, "valid_days": 30, "budget_fen": 50_00}
    kind = draft_template(facts=TemplateFacts(code="fifty", name="立减50", **terms), actor=zhou)
    open_template(template=kind.pk, actor=zhou)
    lin = register(name="林知夏", store=cast.store.pk)
    coupon = issue(template=kind.pk, customer=lin, reason="goodwill")
    cart = opened(cast)
    services.name_member(cart=cart.pk, customer=lin, actor=zhou)
    services.apply_coupon(cart=cart.pk, coupon=coupon.pk, actor=zhou)
    # Once a payment was begun and called off, nothing but the cart itself lets the coupon go.
    services.begin(cart=confirmed(cart).pk, actor=zhou)
    services.reopen(cart=cart.pk, actor=zhou)
    assert Template.objects.get().off_fen == 50_00
    for wait in later:
        wait()
    assert services.drop_forgotten() == 1
    assert (Coupon.objects.get().state, Coupon.objects.get().document, Template.objects.get().off_fen) == (
        "open",
        "",
        0,
    )


def test_many_are_given_up_with_the_questions_of_one_and_a_page_at_a_time(cast, zhou, later, monkeypatch):
    monkeypatch.setattr("clothier.checkout.services.waiting.BATCH", 4)
    for _n in range(6):
        opened(cast)
    for wait in later:
        wait()
    with CaptureQueriesContext(connection) as four:
        assert services.drop_forgotten() == 4
    with CaptureQueriesContext(connection) as two:
        assert services.drop_forgotten() == 2
    assert len(two) == len(four) <= 11
    assert services.drop_forgotten() == 0
