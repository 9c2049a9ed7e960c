import pytest
from django.db import IntegrityError, transaction

from clothier.catalog import selectors
from clothier.catalog.contracts import StockCount
from clothier.catalog.models import Stock
from clothier.catalog.services import adjust_stock, move_stock, set_stock
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def pieces(coat, code: str) -> int:
    sku = coat.skus[code]
    return selectors.stock_of(store=coat.store, skus=[sku])[sku]


def test_a_count_replaces_what_was_there(coat):
    sku = coat.skus["K2071-BLACK-M"]
    set_stock(counts=[StockCount(coat.store, sku, 5), StockCount(coat.store, sku, 7)])
    assert pieces(coat, "K2071-BLACK-M") == 7
    assert pieces(coat, "K2071-BLACK-S") == 0


def test_a_negative_count_is_refused(coat):
    with pytest.raises(Refused):
        set_stock(counts=[StockCount(coat.store, coat.skus["K2071-BLACK-M"], -1)])
    assert pieces(coat, "K2071-BLACK-M") == 2


def test_taking_more_than_there_is_is_refused_and_changes_nothing(coat):
    sku = coat.skus["K2071-BLACK-M"]
    with pytest.raises(Refused):
        adjust_stock(store=coat.store, sku=sku, delta=-3, reason="damaged")
    assert pieces(coat, "K2071-BLACK-M") == 2
    assert not Entry.objects.filter(type="stock.adjusted").exists()


def test_an_adjustment_is_recorded_with_its_reason(coat, cast):
    sku = coat.skus["K2071-CAMEL-S"]
    adjust_stock(store=coat.store, sku=sku, delta=4, reason="transfer", actor=cast.zhou.pk)
    assert pieces(coat, "K2071-CAMEL-S") == 4
    entry = Entry.objects.get(type="stock.adjusted")
    assert (entry.actor_id, entry.payload["delta"], entry.payload["reason"]) == (cast.zhou.pk, 4, "transfer")


def test_the_database_itself_refuses_less_than_none(coat):
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.update(quantity=-1)


def test_a_sale_of_a_piece_the_count_does_not_know_leaves_none(coat):
    skus = coat.skus
    moves = {skus["K2071-BLACK-M"]: -3, skus["K2071-BLACK-S"]: -1, skus["K2071-CAMEL-S"]: 1}
    with transaction.atomic():
        move_stock(store=coat.store, moves=moves)
    assert [pieces(coat, f"K2071-{v}") for v in ("BLACK-M", "BLACK-S", "CAMEL-S")] == [0, 0, 1]


def test_stock_by_store_names_the_fullest_store_first(coat, cast):
    set_stock(counts=[StockCount(cast.other_store.pk, coat.skus["K2071-CAMEL-S"], 9)])
    found = selectors.stock_by_store(coat.style)
    assert [(row.store_name, row.total) for row in found] == [("湖滨店", 9), ("南京路店", 2)]
