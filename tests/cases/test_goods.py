"""Goods that come back: until when, to whom, and what becomes of the money."""

from datetime import date

import pytest

from clothier.cases import services
from clothier.cases.contracts import NewLine
from clothier.cases.selectors import photo_content, return_window, swaps
from clothier.catalog.contracts import StockCount
from clothier.catalog.selectors import skus, skus_of
from clothier.catalog.services import set_stock
from clothier.checkout.models import Cart, Order, Refund
from clothier.checkout.services import pay_cash
from clothier.conversations.contracts import NewFile
from clothier.customers.services import erase
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from clothier.places.models import Region, Store
from clothier.standards.selectors import promises_for
from tests.cases.conftest import opened
from tests.checkout.shop import confirmed

DAY = 86_400
PNG = NewFile("coat.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)


@pytest.fixture
def line(sale):
    return sale.lines.get(code="C2001-BLACK-M")


def back(cast, sale, line, kind="return", **facts):
    told = {"order": sale.pk, "customer": sale.customer_id, "holder": "shop", "origin": "store"}
    told["lines"] = [NewLine(line.pk, 1, "size", "attached", "unworn")]
    return opened(cast, kind=kind, **{**told, **facts})


def test_a_return_gives_the_money_back_and_is_done(cast, sale, line):
    case = back(cast, sale, line)
    services.refund_goods(case=case.pk, actor=cast.chen.pk, key="tap")
    assert services.refund_goods(case=case.pk, actor=cast.chen.pk, key="tap").state == "solved"
    assert (Refund.objects.get().fen, Refund.objects.get().reason) == (line.total_fen, "size")
    services.close(case=case.pk, actor=cast.chen.pk)


def test_no_piece_is_in_two_cases_and_none_that_was_not_sold(cast, sale, line):
    back(cast, sale, line)
    with pytest.raises(Refused):
        back(cast, sale, line)
    with pytest.raises(Refused):
        back(cast, sale, line, lines=[NewLine(line.pk + 99)])
    with pytest.raises(Refused):
        opened(cast, kind="return", lines=[NewLine(line.pk)])


def test_after_the_days_only_a_manager_takes_it_back(cast, sale, line, saturday):
    saturday.advance(40 * DAY)
    case = back(cast, sale, line)
    with pytest.raises(Refused):
        services.refund_goods(case=case.pk, actor=cast.chen.pk)
    assert services.refund_goods(case=case.pk, actor=cast.wu.pk).state == "solved"


def test_nothing_is_paid_back_before_the_goods_are_here(cast, sale, line):
    case = back(cast, sale, line, holder="customer")
    assert promises_for(SYSTEM, subject=case.ref, keys=["aftersales_done"])[0].state == "paused"
    with pytest.raises(Refused):
        services.refund_goods(case=case.pk, actor=cast.wu.pk)
    services.receive_goods(case=case.pk, actor=cast.wu.pk, signature="林晓")
    assert services.refund_goods(case=case.pk, actor=cast.wu.pk).state == "solved"


def test_the_law_gives_seven_days_to_who_bought_at_a_distance(cast, sale, line, saturday):
    Store.objects.filter(pk=cast.store.pk).update(kind=Store.Kind.ONLINE)
    found = return_window(sale.pk, "unwanted")
    assert (found.days, found.ground, found.open) == (7, "online", True)
    saturday.advance(7 * DAY + 1)
    assert not return_window(sale.pk, "unwanted").open
    assert return_window(sale.pk, "quality").open


def test_a_size_exchange_is_one_cart_and_the_case_is_done_with_it(cast, sale, line, worker):
    small = next(s for s in swaps_of(sale, line) if s.size == "S")
    lines = [NewLine(line.pk, 1, "size", "attached", "unworn", wanted_sku=small.pk)]
    case = back(cast, sale, line, kind="exchange", lines=lines)
    cart = services.begin_exchange(case=case.pk, store=cast.store.pk, actor=cast.zhou.pk)
    assert services.begin_exchange(case=case.pk, store=cast.store.pk, actor=cast.zhou.pk) == cart
    confirmed(Cart.objects.get(pk=cart))
    pay_cash(cart=cart, tendered_fen=1_000_00, actor=cast.zhou.pk, key="cash")
    worker()
    case.refresh_from_db()
    assert (case.state, Order.objects.count()) == ("solved", 3)


def swaps_of(sale, line):
    return skus_of(skus([line.sku_id])[line.sku_id].style_id)


def test_a_piece_to_swap_is_looked_for_here_first_then_nearby(cast, sale, line):
    near = {"region": cast.store.region, "city": "上海"}
    same = Store.objects.create(code="sh-xuhui", name="徐汇店", **near)
    gone = Store.objects.create(code="sh-old", name="老店", closed_on=date(2020, 1, 1), **near)
    far = Store.objects.create(code="bj", name="国贸店", region=Region.objects.create(name="华北"), city="北京")
    for store, pieces in ((cast.other_store, 5), (same, 1), (gone, 7), (far, 9)):
        set_stock(counts=[StockCount(store.pk, line.sku_id, pieces)])
    found = swaps([line.sku_id, 987_654], store=cast.store.pk)
    assert [(swap.store, swap.pieces, swap.near) for swap in found[line.sku_id]] == [
        ("南京路店", 4, "here"),
        ("徐汇店", 1, "city"),
        ("湖滨店", 5, "region"),
        ("国贸店", 9, "far"),
    ]
    assert found[987_654] == []
    assert [swap.near for swap in swaps([line.sku_id], store=None)[line.sku_id]] == ["far"] * 4


def test_goods_go_to_a_vendor_with_a_reason_and_a_signature(cast, sale, line):
    case = back(cast, sale, line, kind="repair")
    with pytest.raises(Refused):
        services.hand_over_goods(case=case.pk, holder="vendor", reason="换拉链", actor=cast.chen.pk)
    services.hand_over_goods(
        case=case.pk, holder="vendor", vendor="衣修坊", reason="换拉链", signature="王师傅", actor=cast.chen.pk
    )
    given = case.handovers.get()
    case.refresh_from_db()
    assert (case.holder, given.taken_from, case.unseal(given.sealed_signature)) == ("vendor", "shop", "王师傅")


def test_photos_are_pictures_sealed_and_gone_with_the_customer(cast, sale, line, tmp_path, settings):
    settings.HOME = tmp_path
    case = back(cast, sale, line, kind="repair")
    photo = services.add_photo(case=case.pk, file=PNG, actor=None, line=case.lines.get().pk, key="p")
    assert services.add_photo(case=case.pk, file=PNG, actor=None, key="p") == photo
    assert photo_content(case, photo.pk) == ("image/png", PNG.content)
    assert PNG.content not in (tmp_path / "attachments" / photo.stored).read_bytes()
    with pytest.raises(Refused):
        services.add_photo(case=case.pk, file=NewFile("x.pdf", b"%PDF-1.7 "), actor=None)
    erase(customer_id=sale.customer_id)
    case.refresh_from_db()
    assert (case.key, case.sealed, photo_content(case, photo.pk)) == (None, "", None)


def test_pieces_that_came_back_for_different_reasons_are_refunded_each_for_its_own(cast, sale, line, saturday):
    other = sale.lines.exclude(pk=line.pk).get()
    lines = [NewLine(line.pk, 1, "size"), NewLine(other.pk, 1, "quality")]
    saturday.advance(20 * DAY)
    case = back(cast, sale, line, lines=lines)
    # The scarf's fault has days of its own; the coat's have passed.
    with pytest.raises(Refused):
        services.refund_goods(case=case.pk, actor=cast.chen.pk)
    services.refund_goods(case=case.pk, actor=cast.wu.pk)
    told = sorted(Refund.objects.values_list("reason", "fen"))
    assert told == [("quality", other.total_fen), ("size", line.total_fen)]
