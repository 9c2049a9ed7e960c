"""Stock per store: counted, adjusted, moved by sales. The row itself settles races; nothing is checked, then done."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.catalog.contracts import StockCount
from clothier.catalog.events import StockAdjusted, StockCounted
from clothier.catalog.models import Stock
from clothier.eventlog.services import Note, record, record_all
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.kernel.rows import fetch, marks, new, update, upsert


@transaction.atomic
def set_stock(*, counts: Iterable[StockCount], actor: int | None = None) -> int:
    """Write counted quantities (a stock-take, a file): the last count of a SKU in a store stands. How many rows.

    Raises Refused on a negative count, and then writes none.
    """
    now = clock.now()
    latest = {(count.store_id, count.sku_id): count.quantity for count in counts}
    if any(quantity < 0 for quantity in latest.values()):
        raise Refused(_("库存不能为负。"), field="quantity")
    rows = [new(Stock, store_id=store, sku_id=sku, quantity=n, changed_at=now) for (store, sku), n in latest.items()]
    upsert(rows, unique=["store", "sku"], update=["quantity", "changed_at"])
    by_store: dict[int, int] = defaultdict(int)
    for store, _sku in latest:
        by_store[store] += 1
    record_all(
        Note(StockCounted(store_id=store, skus=n), subject=Ref("store", store), store=store, actor=actor)
        for store, n in sorted(by_store.items())
    )
    return len(latest)


@transaction.atomic
def adjust_stock(*, store: int, sku: int, delta: int, reason: str, actor: int | None = None) -> None:
    """Add or take pieces for a reason (damaged, transfer, found …). Raises Refused when fewer are there."""
    if not delta:
        return
    if delta > 0:
        _ensure_rows(store, [sku])
    # One conditional update: two people taking the last piece cannot both succeed.
    taken = Stock.objects.filter(store_id=store, sku_id=sku, quantity__gte=-delta).update(
        quantity=F("quantity") + delta, changed_at=clock.now()
    )
    if not taken:
        raise Refused(_("库存不足。"), field="quantity")
    event = StockAdjusted(store_id=store, sku_id=sku, delta=delta, reason=reason)
    record(event, subject=Ref("sku", sku), store=store, actor=actor)


def move_stock(*, store: int, moves: Mapping[int, int]) -> None:
    """Take sold pieces (negative) and put returned ones back (positive), by SKU, inside the sale's own transaction.

    The till's word wins over the count: selling a piece the count does not know of leaves zero, not a refusal. The
    sale or return is the event; this records none of its own.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("stock moves inside the transaction of the sale that moves it")
    now = clock.now()
    _ensure_rows(store, [sku for sku, delta in moves.items() if delta > 0])
    # Locked in one order first, so that two sales of the same goods queue instead of deadlocking.
    where = f"store_id = %s AND sku_id IN ({marks(moves)})"
    held = fetch(Stock, where, [store, *moves], hold=True)
    for row in held:
        row.quantity, row.changed_at = max(row.quantity + moves[row.sku_id], 0), now
    update(held, ["quantity", "changed_at"])


def _ensure_rows(store: int, skus: Iterable[int]) -> None:
    Stock.objects.bulk_create(
        (Stock(store_id=store, sku_id=sku, quantity=0, changed_at=clock.now()) for sku in skus), ignore_conflicts=True
    )
