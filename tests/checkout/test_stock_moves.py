"""Goods over the counter leave the stock and come back to it; a history told afterwards moves nothing."""

import pytest

from clothier.catalog.contracts import StockCount, StyleFacts, VariantFacts
from clothier.catalog.selectors import sku_by_barcode, stock_of
from clothier.catalog.services import set_stock, upsert_style
from clothier.checkout.contracts import LineFacts, OrderFacts, OrderKind
from clothier.checkout.services import record_orders, record_return, record_sale

BARCODE = "2000000000015"


@pytest.fixture
def sku(cast) -> int:
    shirt = StyleFacts("S1", "衬衫", "shirt", 29_900, variants=(VariantFacts("white", "M", BARCODE),))
    upsert_style(style=shirt)
    pk = sku_by_barcode(BARCODE).pk
    set_stock(counts=[StockCount(cast.store.pk, pk, 2)])
    return pk


def line(sku: int, quantity: int) -> LineFacts:
    return LineFacts("S1-WHITE-M", quantity, quantity * 29_900, 29_900, sku=sku)


def pieces(cast, sku: int) -> int:
    return stock_of(store=cast.store.pk, skus=[sku])[sku]


def test_a_sale_takes_from_the_stock_once_however_often_it_is_told(cast, sku):
    for _time in range(2):
        record_sale(source="pos", number="1", lines=[line(sku, 1)], store=cast.store.pk)
    assert pieces(cast, sku) == 1


def test_a_sale_beyond_the_count_leaves_none(cast, sku):
    record_sale(source="pos", number="1", lines=[line(sku, 3)], store=cast.store.pk)
    assert pieces(cast, sku) == 0


def test_goods_that_come_back_are_in_stock_again(cast, sku):
    record_return(source="pos", number="2", lines=[line(sku, -1)], store=cast.store.pk)
    assert pieces(cast, sku) == 3


def test_a_history_leaves_the_stock_alone(cast, sku, saturday):
    told = OrderFacts("file", "3", OrderKind.SALE, saturday.now(), (line(sku, 1),), store=cast.store.pk)
    record_orders(facts=[told])
    assert pieces(cast, sku) == 2
