"""Zhou's till, and a customer's own phone."""

import pytest

from clothier.checkout.models import Cart, Invoice, Order, OrderLine, ReceiptCopy, Refund
from clothier.checkout.selectors import door_link, receipt_link
from clothier.checkout.services.confirming import due_of
from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import register
from clothier.loyalty.selectors import code_of
from clothier.loyalty.services import grant
from tests.checkout.shop import bought, goods


@pytest.fixture
def shop(cast):
    return goods(cast.store.pk)


@pytest.fixture
def till(cast, shop, client):
    client.force_login(cast.zhou.user)
    return client


@pytest.fixture
def lin(cast):
    member = NewIdentifier(Kind.MEMBER, "M0001888", verified=True)
    pk = register(name="林知夏", title="ms", identifiers=[member], store=cast.store.pk)
    grant(customer=pk, points=5000, reason="goodwill", key="g", actor=None)
    return pk


def test_a_sale_from_the_first_scan_to_the_receipt_shows_one_next_step_at_a_time(till, lin):
    assert "没有进行中的单" in till.get("/till/").content.decode()
    cart = till.post("/till/carts/", {"code": "k2071-black-m", "key": "a"})["Location"]
    assert f"T{int(cart.split('/')[3]):08}" in till.get("/till/").content.decode()
    for where, told in (
        ("lines", {"code": "k2071-white-m"}),
        ("member", {"code": "M0001888"}),
        ("points", {"points": "1000"}),
    ):
        assert till.post(f"{cart}{where}/", {"key": where, **told}).status_code == 303
    page = till.get(cart).content.decode()
    # Two knits at ¥399, the second at half price, ¥10 in points.
    assert all(words in page for words in ("林知夏", "毛衫第二件半价", "¥588.50", "与顾客核对商品：共 2 件"))
    for what, asked in (("goods", "与顾客核对优惠"), ("discounts", "与顾客核对金额"), ("amount", "请选择付款方式")):
        fen = due_of(Cart.objects.get())
        till.post(f"{cart}confirmation/", {"key": what, "what": what, "fen": fen})
        assert asked in till.get(cart).content.decode()
    sale = till.post(f"{cart}cash/", {"key": "c", "tendered": "600"})["Location"]
    page = till.get(sale).content.decode()
    assert all(words in page for words in ("请找零 ¥11.50", "1,000 积分", "已完成"))
    assert till.get(cart)["Location"] == sale


def test_a_reprint_says_so_and_a_gift_receipt_names_no_price(till, cast):
    sale = f"/till/sales/{bought(cast.store.pk, 'A1001-BLACK-均码', actor=cast.zhou.pk).order_id}/"
    for key in "pqq":
        till.post(f"{sale}printing/", {"key": key, "gift": "0"})
    assert ReceiptCopy.objects.count() == 2
    assert "重印第 1 次" in till.get(sale).content.decode()
    order = Order.objects.get().pk
    assert "¥99" in till.get(f"/till/receipts/{receipt_link(order)}/").content.decode()
    assert "¥99" not in till.get(f"/till/receipts/{receipt_link(order, gift=True)}/").content.decode()


def test_a_receipts_link_cannot_be_guessed_and_the_gifts_leads_to_no_invoice(client, cast, shop):
    order = bought(cast.store.pk, "C2001-BLACK-M", actor=cast.zhou.pk).order_id
    token, gift = receipt_link(order), receipt_link(order, gift=True)
    assert client.get(f"/till/receipts/{order + 1}{token[len(str(order)) :]}/").status_code == 404
    assert client.get(f"/till/receipts/{token}/")["Referrer-Policy"] == "same-origin"
    told = {"kind": "company", "title": "某某有限公司", "tax_number": "91310000123456789X"}
    assert client.post(f"/till/receipts/{gift}/invoice/", told).status_code == 404
    wrong = client.post(f"/till/receipts/{token}/invoice/", {**told, "tax_number": "12"})
    assert (wrong.status_code, "单位税号是 15 到 20 位字母和数字" in wrong.content.decode()) == (422, True)
    for _time in range(2):
        assert client.post(f"/till/receipts/{token}/invoice/", told).status_code == 302
    assert Invoice.objects.get().fen == 119_900


def test_goods_come_back_in_part_and_as_an_exchange(till, cast):
    order = bought(cast.store.pk, "K2071-BLACK-M", "K2071-BLACK-M", actor=cast.zhou.pk).order_id
    line = OrderLine.objects.get()
    back = till.post(f"/till/sales/{order}/refund/", {f"pieces_{line.pk}": "1", "reason": "unwanted", "key": "r"})
    assert (Refund.objects.get().fen, till.get(back["Location"]).status_code) == (29_925, 200)
    cart = till.post(f"/till/sales/{order}/exchange/", {f"pieces_{line.pk}": "1", "reason": "size", "key": "x"})
    till.post(f"{cart['Location']}lines/", {"code": "K2071-WHITE-M", "key": "w"})
    page = till.get(cart["Location"]).content.decode()
    assert "换回" in page
    assert "¥99.75" in page


def test_another_stores_cart_and_sale_are_not_found(till, cast):
    foreign = bought(cast.other_store.pk, "C2001-BLACK-M", actor=cast.zhou.pk)
    assert till.get(f"/till/carts/{foreign.pk}/").status_code == 404
    assert till.get(f"/till/sales/{foreign.order_id}/").status_code == 404


def test_a_customers_own_phone_scans_without_signing_in_and_is_told_what_is_wrong(client, cast, shop, lin):
    door = f"/till/self/{door_link(cast.store.pk)}/"
    assert client.get(door).status_code == 200
    own = client.post(door)["Location"]
    assert client.post(f"{own}lines/", {"code": "k2071-white-m"}).status_code == 303
    wrong = client.post(f"{own}lines/", {"code": "nothing"})
    assert (wrong.status_code, "没有找到这个货号" in wrong.content.decode()) == (422, True)
    assert client.post(f"{own}member/", {"code": "13900001234"}).status_code == 422
    assert client.post(f"{own}member/", {"code": "M0001888"}).status_code == 303
    cart = Cart.objects.get()
    assert (cart.mode, cart.customer_id, cart.actor_id) == ("silent", lin, None)
    # Its number alone opens nothing.
    assert client.get(f"/till/self/carts/{cart.pk}/").status_code == 404
    assert client.post(f"{own}payment/", {"method": "cash", "key": "k"}).status_code == 404


def test_the_code_that_changes_on_a_members_phone_names_her_at_the_till_and_on_her_own_phone(
    till, client, cast, lin, saturday
):
    cart = till.post("/till/carts/", {"code": "K2071-BLACK-M", "key": "a"})["Location"]
    own = client.post(f"/till/self/{door_link(cast.store.pk)}/")["Location"]
    old = code_of(lin)
    saturday.advance(90)
    for where, key in ((cart, "m"), (own, "o")):
        till.post(f"{where}member/", {"code": old, "key": f"{key}1"})
        assert Cart.objects.exclude(customer_id=None).count() == (where == own)
        # One code, one till: the next one shows half a minute later.
        saturday.advance(30)
        shown = code_of(lin)
        assert till.post(f"{where}member/", {"code": f"{shown[:4]} {shown[4:]}", "key": key}).status_code == 303
    assert list(Cart.objects.values_list("customer_id", flat=True)) == [lin, lin]


@pytest.mark.parametrize(
    ("where", "told", "said"),
    [
        ("lines", {"code": "K2071-BLACK-M", "quantity": "-3"}, "大于或等于"),
        ("points", {"points": "-5"}, "大于或等于"),
        ("points", {"points": "99999999999"}, "小于或等于"),
        ("cash", {"tendered": "-1"}, "金额要在"),
        ("cash", {"tendered": "1e99"}, "请填金额"),
        ("cash", {"tendered": "NaN"}, "请填金额"),
        ("confirmation", {"what": "amount", "fen": "1"}, "价格刚刚有变化"),
        ("coupons", {"code": "NOPE"}, "没有找到这张券"),
    ],
)
def test_bad_input_is_refused_in_words_and_changes_nothing(till, cast, where, told, said):
    cart = till.post("/till/carts/", {"code": "K2071-BLACK-M", "key": "a"})["Location"]
    answer = till.post(f"{cart}{where}/", {"key": "k", **told}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert said in answer.headers["HX-Trigger"].encode().decode("unicode_escape")
    assert (Cart.objects.get().points, Order.objects.count(), Cart.objects.get().lines.get().quantity) == (0, 0, 1)


def test_the_page_of_a_cart_asks_no_more_for_more_pieces(till, cast, lin, django_assert_max_num_queries):
    cart = till.post("/till/carts/", {"code": "C2001-BLACK-M", "key": "a"})["Location"]
    for n, code in enumerate(("C2001-BLACK-S", "K2071-BLACK-M", "K2071-WHITE-M", "A1001-BLACK-均码")):
        till.post(f"{cart}lines/", {"code": code, "key": str(n)})
    till.post(f"{cart}member/", {"code": "M0001888", "key": "m"})
    till.get(cart)
    with django_assert_max_num_queries(34):
        till.get(cart)
