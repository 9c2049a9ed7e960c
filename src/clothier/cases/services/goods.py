"""Goods between customer, shop and vendor, each hand-over signed; and what becomes of goods that come back."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import AT_WORK, LIVING, Holder, Kind, LineReason, NewLine, Tag, Wear
from clothier.cases.events import (
    CaseDone,
    CaseGoodsHandedOver,
    CaseGoodsReceived,
    CaseLineAdded,
    CaseLineDescribed,
)
from clothier.cases.models import Case, CaseLine
from clothier.cases.selectors.capacity import capacity_of
from clothier.cases.selectors.goods import cases_of_returns, return_window
from clothier.cases.services.handing import hand
from clothier.cases.services.lines import add_lines, checked, style_of
from clothier.cases.services.rows import held, move, tell, told
from clothier.cases.services.waiting import ended
from clothier.catalog.selectors import skus
from clothier.checkout.services import bring_back, open_cart, refund_lines, scan
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused

# What the till's refund calls our reasons.
_AT_TILL = {
    LineReason.UNWANTED: "unwanted",
    LineReason.SIZE: "size",
    LineReason.QUALITY: "quality",
    LineReason.TRANSPORT: "quality",
    LineReason.REPAIR: "quality",
    LineReason.WRONG: "wrong",
    LineReason.OTHER: "other",
}
# Who may take goods back after the days are over.
_GENEROUS = ("manager", "general_manager")


@once(told, CaseLineAdded)
@transaction.atomic
def add_line(*, case: int, line: NewLine, actor: int | None, order: int | None = None, key: str | None = None) -> Case:
    """Name goods on a case. A case about one order takes no lines of another."""
    row = held(case, LIVING)
    of = row.order_id or order
    if order is not None and of != order:
        raise Refused(_("一张服务单只能关联一个订单"), field="order")
    if CaseLine.objects.filter(case=row, order_line_id=line.order_line).exists():
        raise Refused(_("这件商品已经在单上"), field="lines")
    sold = checked(of, [line])
    row.order_id, row.style_id = of, row.style_id or style_of(sold)
    row.save(update_fields=["order_id", "style_id"])
    add_lines(row, [line], sold, actor=actor, key=key)
    return row


@once(told, CaseLineDescribed)
@transaction.atomic
def describe_line(
    *,
    case: int,
    line: int,
    reason: LineReason | str,
    tag: Tag | str,
    wear: Wear | str,
    actor: int | None,
    key: str | None = None,
) -> Case:
    """Say why one of several pieces came back and in which state, whatever was said of the others; said again it
    changes nothing.
    """
    row = held(case, LIVING)
    piece = CaseLine.objects.filter(pk=line, case=row).first()
    if piece is None:
        raise Refused(_("这件商品不在这张服务单上"), field="line")
    if reason not in list(LineReason) or tag not in ["", *Tag] or wear not in ["", *Wear]:
        raise Refused(_("请选择一项"), field="reason")
    if (piece.reason, piece.tag, piece.wear) != (reason, tag, wear):
        piece.reason, piece.tag, piece.wear = reason, tag, wear
        piece.save(update_fields=["reason", "tag", "wear"])
        tell(row, CaseLineDescribed(line_id=line), actor=actor, key=key)
    return row


@once(told, CaseGoodsHandedOver)
@transaction.atomic
def hand_over_goods(
    *,
    case: int,
    holder: Holder | str,
    reason: str,
    actor: int | None,
    signature: str = "",
    vendor: str = "",
    due_on: date | None = None,
    key: str | None = None,
) -> Case:
    """Goods leave the shop for a vendor or the customer, or the customer has them yet; why, and who signed for them."""
    row = held(case, AT_WORK)
    if holder not in (Holder.CUSTOMER, Holder.VENDOR):
        raise Refused(_("请选择交给谁"), field="holder")
    if holder == Holder.VENDOR and not vendor.strip():
        raise Refused(_("请写明交给哪家维修商"), field="vendor")
    if row.holder == holder:
        raise Refused(_("货品已经在那里"), field="holder")
    return hand(row, holder, reason=reason, actor=actor, signature=signature, vendor=vendor, due_on=due_on, key=key)


@once(told, CaseGoodsReceived)
@transaction.atomic
def receive_goods(*, case: int, actor: int, reason: str = "", signature: str = "", key: str | None = None) -> Case:
    """Goods are in the shop; who gave them signed. Clocks that stood still go on."""
    row = held(case, LIVING)
    if row.holder == Holder.SHOP:
        return row
    return hand(row, Holder.SHOP, reason=reason or _("收到货品"), actor=actor, signature=signature, key=key)


@once(told, CaseDone)
@transaction.atomic
def refund_goods(*, case: int, actor: int, key: str | None = None) -> Case:
    """Take the goods of a return back and give what was paid for them; that is what the case was to be done with.

    Each piece for its own reason. Refused outside the days of any of them unless a manager does it, and while the goods
    are not in the shop.
    """
    row = held(case, AT_WORK)
    if row.kind != Kind.RETURN or row.order_id is None:
        raise Refused(_("只有关联了订单的退货单可以退款"))
    if row.holder != Holder.SHOP:
        raise Refused(_("请先收到货品，再办退款"))
    generous, pieces = capacity_of(actor, row.store_id) in _GENEROUS, _by_reason(row)
    windows = [] if generous else [return_window(row.order_id, reason) for reason in pieces]
    if not all(window and window.open for window in windows):
        raise Refused(_("已超过退货期，请店长处理"))
    for reason, some in _at_till(pieces).items():
        refund_lines(
            order=row.order_id,
            pieces=some,
            reason=reason,
            actor=actor,
            key=f"case:{row.pk}:{row.round}:{reason}",
            store=row.store_id,
            # The windows were looked at here: they know of goods bought at a distance.
            manager=True,
        )
    return move(row, CaseDone(), actor=actor, key=key)


def _by_reason(row: Case) -> dict[LineReason, dict[int, int]]:
    """The pieces of each order line, by why they came back; of a case that names none, no pieces for some reason."""
    found: dict[LineReason, dict[int, int]] = {}
    for line in CaseLine.objects.filter(case=row).order_by("pk"):
        found.setdefault(LineReason(line.reason), {})[line.order_line_id] = line.quantity
    return found or {LineReason.OTHER: {}}


def _at_till(pieces: dict[LineReason, dict[int, int]]) -> dict[str, dict[int, int]]:
    """One refund for all that the till calls by one reason."""
    found: dict[str, dict[int, int]] = {}
    for reason, some in pieces.items():
        found.setdefault(_AT_TILL[reason], {}).update(some)
    return found


@transaction.atomic
def begin_exchange(*, case: int, store: int, actor: int, key: str | None = None) -> int:
    """A cart at the till with what comes back and what goes out for it: one event once it is paid; the cart's id.

    The case is done when the exchange is.
    """
    row = held(case, AT_WORK)
    lines = list(CaseLine.objects.filter(case=row).order_by("pk"))
    wanted = skus(line.wanted_sku for line in lines if line.wanted_sku)
    if row.kind != Kind.EXCHANGE or not lines or any(line.wanted_sku not in wanted for line in lines):
        raise Refused(_("请先选好换哪一件"), field="lines")
    generous = capacity_of(actor, row.store_id) in _GENEROUS
    base = key or f"case:{row.pk}:{row.round}:exchange"
    cart = open_cart(store=store, customer=row.customer_id, actor=actor, key=base)
    if cart.lines.exists():
        return cart.pk
    for line in lines:
        code = wanted[line.wanted_sku or 0].code
        scan(cart=cart.pk, code=code, quantity=line.quantity, actor=actor, key=f"{base}:{line.pk}:new")
        bring_back(
            cart=cart.pk, line=line.order_line_id, quantity=line.quantity, actor=actor,
            reason=_AT_TILL[LineReason(line.reason)], manager=generous, key=f"{base}:{line.pk}:back",
        )  # fmt: skip
    return cart.pk


def settle_goods(*, returns: Sequence[int], actor: int | None) -> None:
    """What these orders took back was the matter of a return or an exchange: that case is done. Twice is once."""
    for case in cases_of_returns(returns):
        with transaction.atomic():
            row = held(case)
            if row.state in AT_WORK:
                ended(row)
                move(row, CaseDone(), actor=actor)
