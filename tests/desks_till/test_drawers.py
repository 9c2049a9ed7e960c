"""Whose drawer the money of a sale goes into."""

import pytest

from clothier.checkout.models import Cart, Order, OrderLine
from clothier.checkout.services.confirming import due_of
from clothier.payments.models import Payment
from clothier.settlement.selectors import TillSession
from clothier.settlement.selectors.drawers import expected_in
from clothier.settlement.services import add_till, close_till, count_drawer, open_till
from tests.checkout.shop import goods

FLOAT = 500_00


@pytest.fixture
def till(cast, client):
    goods(cast.store.pk)
    client.force_login(cast.zhou.user)
    return client


@pytest.fixture
def opened(cast):
    """Open a till of the store, by somebody else than the cashier unless told."""

    def do(code, *, by=None, store=None):
        place = add_till(store=(store or cast.store).pk, code=code, name=f"{code}号台")
        return open_till(till=place.pk, float_fen=FLOAT, actor=(by or cast.wu).pk)

    return do


def at_payment(till, code, key):
    """A cart whose customer has said yes three times."""
    page = till.post("/till/carts/", {"code": code, "key": key})["Location"]
    cart = Cart.objects.order_by("-pk")[0]
    for what in ("goods", "discounts", "amount"):
        till.post(f"{page}confirmation/", {"key": f"{key}:{what}", "what": what, "fen": due_of(cart)})
    return page


def sold(till, code="A1001-BLACK-均码", key="a"):
    return till.post(f"{at_payment(till, code, key)}cash/", {"key": f"{key}:cash", "tendered": "2000"})


def test_with_no_till_open_the_pages_say_how_to_open_one_and_the_sale_is_made(till):
    for page in ("/till/", at_payment(till, "A1001-BLACK-均码", "a")):
        told = till.get(page).content.decode()
        assert "还没有收银台开着" in told
        assert 'href="/finance/tills/"' in told
    assert "/till/sales/" in till.post(f"{page}cash/", {"key": "c", "tendered": "100"})["Location"]
    assert (Order.objects.count(), Payment.objects.get().till_id) == (1, None)


def test_a_cash_sale_a_return_and_an_exchange_are_in_the_count_of_the_only_open_drawer(till, opened, cast):
    session = opened("A")
    opened("B", store=cast.other_store)
    assert "收款记在A号台" in till.get("/till/").content.decode()
    sold(till, "K2071-BLACK-M")
    assert Payment.objects.get().till_id == session.till_id
    assert expected_in(session) == FLOAT + 399_00
    sold(till, key="b")
    assert expected_in(session) == FLOAT + 399_00 + 99_00
    knit, scarf = OrderLine.objects.order_by("pk")
    till.post(f"/till/sales/{scarf.order_id}/refund/", {f"pieces_{scarf.pk}": "1", "reason": "unwanted", "key": "r"})
    assert expected_in(session) == FLOAT + 399_00
    cart = till.post(f"/till/sales/{knit.order_id}/exchange/", {f"pieces_{knit.pk}": "1", "reason": "size", "key": "x"})
    page = cart["Location"]
    till.post(f"{page}lines/", {"code": "A1001-BLACK-均码", "key": "w"})
    row = Cart.objects.order_by("-pk")[0]
    for what in ("goods", "discounts", "amount"):
        till.post(f"{page}confirmation/", {"key": what, "what": what, "fen": due_of(row)})
    assert "收款记在A号台" in till.get(page).content.decode()
    till.post(f"{page}completion/", {"key": "done"})
    assert expected_in(session) == FLOAT + 99_00
    count_drawer(session=session.pk, pieces={10_000: 5, 5_000: 1, 2_000: 2, 500: 1, 100: 4}, actor=cast.wu.pk)
    assert close_till(session=session.pk, reason="", actor=cast.wu.pk).difference_fen == 0


def test_of_several_open_drawers_it_is_the_one_chosen_then_ones_own_and_none_is_guessed(till, opened, cast):
    first, second = opened("A"), opened("B")
    foreign = opened("C", store=cast.other_store)
    assert "您在哪一台" in till.get("/till/").content.decode()
    sold(till)
    own = opened("D", by=cast.zhou)
    sold(till, key="b")
    page = at_payment(till, "A1001-BLACK-均码", "c")
    pk = Cart.objects.order_by("-pk")[0].pk
    assert till.post("/till/drawer/", {"till": second.till_id, "cart": pk})["Location"] == page
    till.post(f"{page}cash/", {"key": "c:cash", "tendered": "100"})
    # Another store's till cannot be chosen, nor one that is closed; a choice that is closed by now counts no more.
    for nowhere in (foreign.till_id, 999, ""):
        assert till.post("/till/drawer/", {"till": nowhere}, headers={"HX-Request": "true"}).status_code == 409
    TillSession.objects.filter(pk=second.pk).update(closed_at=second.opened_at)
    sold(till, key="d")
    tills = list(Payment.objects.order_by("pk").values_list("till_id", flat=True))
    assert tills == [None, own.till_id, second.till_id, own.till_id]
    assert first.till_id not in tills
