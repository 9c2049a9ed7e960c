"""What lies in the cart: scanned, counted, corrected; for whom, and what comes back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from clothier.catalog.selectors import sku_by_barcode, skus
from clothier.checkout.events import CartChanged, CartCorrected, CartOpened
from clothier.checkout.models import Cart, CartLine, Correction
from clothier.checkout.services.held import State, changed, found, held, tell
from clothier.customers.selectors import wearer_choices
from clothier.eventlog.services import believed, once
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from clothier.standards.selectors import document

MOST_PIECES = 200


@once(found, CartOpened)
@transaction.atomic
def open_cart(
    *,
    store: int,
    actor: int | None,
    mode: str = Cart.Mode.PERSONAL,
    customer: int | None = None,
    visit: int | None = None,
    items: Sequence[int] = (),
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Cart:
    """Begin a sale, with these SKUs in it (what was kept in the fitting room), a piece of each."""
    at = believed(occurred_at)
    row = Cart.objects.create(
        store_id=store,
        mode=mode,
        customer_id=customer,
        visit_id=visit,
        actor_id=actor,
        opened_at=at,
        changed_at=clock.now(),
    )
    known = skus(items)
    for sku in items:
        if sku in known:
            _lay(row, known[sku], 1)
    tell(row, CartOpened(cart_id=row.pk, mode=mode, visit_id=visit), actor=actor, at=at, key=key)
    return row


@once(found, CartChanged)
@transaction.atomic
def scan(
    *,
    cart: int,
    code: str = "",
    quantity: int = 1,
    actor: int | None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Cart:
    """A barcode or a SKU's code, by camera, gun or hand; scanning it again is one piece more. Refused when unknown."""
    at = believed(occurred_at)
    sku = sku_by_barcode(code)
    if sku is None:
        raise Refused(_("没有找到这个货号，请核对吊牌"), field="code")
    row = held(cart, State.OPEN)
    _guard_quantity(row, quantity)
    _lay(row, sku, quantity)
    return changed(
        row, CartChanged(cart_id=cart, what="goods", of=sku.pk, amount=quantity), actor=actor, at=at, key=key
    )


@once(found, CartCorrected)
@transaction.atomic
def set_quantity(
    *, cart: int, line: int, quantity: int, actor: int | None, reason: str = "", key: str | None = None
) -> Cart:
    """So many pieces; none takes the line away. Fewer than before leaves a trace."""
    row = held(cart, State.OPEN)
    one = _line(row, line)
    before = one.quantity
    if quantity == before:
        return row
    if quantity > before:
        _guard_quantity(row, quantity - before)
    if quantity > 0:
        one.quantity = quantity
        one.save(update_fields=["quantity"])
    else:
        one.delete()
    what = Correction.What.QUANTITY if quantity > 0 else Correction.What.REMOVED
    return _corrected(row, one, what, before, max(quantity, 0), reason, actor, key)


def remove(*, cart: int, line: int, actor: int | None, reason: str = "", key: str | None = None) -> Cart:
    """The line goes; what it was is kept."""
    return set_quantity(cart=cart, line=line, quantity=0, actor=actor, reason=reason, key=key)


@once(found, CartCorrected)
@transaction.atomic
def correct_price(
    *,
    cart: int,
    line: int,
    unit_price_fen: int,
    reason: str,
    actor: int | None,
    manager: bool = False,
    key: str | None = None,
) -> Cart:
    """The tag says another price. Up to the house rules' percent by anybody at the till, beyond it by a manager."""
    row = held(cart, State.OPEN)
    one = _line(row, line)
    if not 0 <= unit_price_fen <= one.listed_fen:
        raise Refused(_("改后的价格要在 0 和吊牌价之间"), field="price")
    if not reason.strip():
        raise Refused(_("请写明改价原因"), field="reason")
    least = one.listed_fen * (100 - document("till").price_cut) // 100
    if unit_price_fen < least and not manager:
        raise Refused(_("超出了您的改价权限，请店长处理"), field="price")
    before = one.unit_price_fen
    one.unit_price_fen = unit_price_fen
    one.save(update_fields=["unit_price_fen"])
    return _corrected(row, one, Correction.What.PRICE, before, unit_price_fen, reason, actor, key)


@once(found, CartChanged)
@transaction.atomic
def name_wearer(*, cart: int, line: int, wearer: int | None, actor: int | None, key: str | None = None) -> Cart:
    """Who will wear it, where that is not the buyer: sizes are learned for the one who wears them."""
    row = held(cart, State.OPEN, State.PAYING)
    one = _line(row, line)
    if wearer is not None:
        if row.customer_id is None:
            raise Refused(_("先识别会员，再选穿着者"), field="wearer")
        if wearer not in dict(wearer_choices(SYSTEM, row.customer_id)):
            raise Refused(_("没有这位穿着者"), field="wearer")
    one.wearer_id = wearer
    one.save(update_fields=["wearer_id"])
    tell(row, CartChanged(cart_id=cart, what="wearer", of=wearer), actor=actor, key=key)
    return row


@once(found, CartChanged)
@transaction.atomic
def set_gift(*, cart: int, gift: bool, actor: int | None, key: str | None = None) -> Cart:
    """Whether the receipt that goes with the goods names no prices."""
    row = held(cart, State.OPEN, State.PAYING)
    row.gift = gift
    row.save(update_fields=["gift"])
    tell(row, CartChanged(cart_id=cart, what="gift", amount=int(gift)), actor=actor, key=key)
    return row


def _lay(row: Cart, sku: Any, quantity: int) -> CartLine:
    style = sku.style
    line, fresh = CartLine.objects.get_or_create(
        cart=row,
        sku_id=sku.pk,
        defaults={
            "code": sku.code,
            "description": f"{style.name} {sku.colour.name} {sku.size}",
            "goods": {
                "style": style.code,
                "category": style.category.code,
                "brand": style.brand,
                "tags": style.tags,
                "size": sku.size,
            },
            "quantity": quantity,
            "unit_price_fen": style.price_fen,
            "listed_fen": style.price_fen,
            "cost_fen": style.cost_fen,
            "added_at": clock.now(),
        },
    )
    if not fresh:
        line.quantity += quantity
        line.save(update_fields=["quantity"])
    return line


def _guard_quantity(row: Cart, more: int) -> None:
    if not 0 < more <= MOST_PIECES:
        raise Refused(_("件数要在 1 到 %(most)s 之间") % {"most": MOST_PIECES}, field="quantity")
    there = row.lines.aggregate(n=Sum("quantity"))["n"] or 0
    most = document("till").silent_pieces if row.mode == Cart.Mode.SILENT else MOST_PIECES
    if there + more > most:
        raise Refused(_("一张单最多 %(most)s 件") % {"most": most}, field="quantity")


def _line(row: Cart, line: int) -> CartLine:
    one = CartLine.objects.filter(cart=row, pk=line).first()
    if one is None:
        raise Refused(_("单里没有这一行了"))
    return one


def _corrected(
    row: Cart, one: CartLine, what: str, before: int, after: int, reason: str, actor: int | None, key: str | None
) -> Cart:
    if after < before:
        Correction.objects.create(
            cart=row,
            what=what,
            sku_id=one.sku_id,
            before=before,
            after=after,
            reason=reason.strip()[:20],
            actor_id=actor,
            at=clock.now(),
        )
    event = CartCorrected(cart_id=row.pk, what=what, sku_id=one.sku_id, before=before, after=after)
    return changed(row, event, actor=actor, key=key)
