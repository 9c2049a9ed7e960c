"""Everything a cashier sees of one cart: pieces with stock and size, the buyer, what to say, how to pay."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clothier.catalog.selectors import skus, stock_of
from clothier.checkout.contracts.carts import CartView, Next
from clothier.checkout.contracts.pricing import Why
from clothier.checkout.selectors import corrections_of, points_rule
from clothier.customers.selectors import card, wearer_choices
from clothier.desks.shell.squares import square
from clothier.kernel.access import Viewer
from clothier.kernel.money import Money
from clothier.loyalty.selectors import balance, family_points
from clothier.payments.contracts import MethodOffer, NextStep, PaymentState, PaymentView, next_step
from clothier.payments.selectors import method_name, offers, payments_of, say_offer, say_step
from clothier.rewards.contracts import CouponQuote
from clothier.rewards.contracts import Why as CouponWhy
from clothier.rewards.selectors import promise_in_words, usable_by, why_in_words

CASH_CHIPS = (10_00, 50_00, 100_00)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line with what the cashier should know: `stock` here before this sale, `usual` the size that mostly fits."""

    line: Any
    sku: Any
    stock: int
    usual: str
    fen: int
    taken: list[tuple[str, int]]

    @property
    def short(self) -> bool:
        """The books know of fewer pieces than lie on the counter."""
        return self.stock < int(self.line.quantity)

    @property
    def other_size(self) -> bool:
        return bool(self.usual) and self.sku is not None and self.usual != self.sku.size


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay, and in words why it cannot be chosen now."""

    key: str
    name: str
    why: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Buyer:
    card: Any
    balance: Any
    family: int
    coupons: list[Any]
    wearers: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Counter:
    """The page of one cart."""

    view: CartView
    pieces: list[Piece]
    buyer: Buyer | None
    notes: list[tuple[str, str, int]]
    worth: tuple[str, str] | None
    corrections: list[Any]
    points_per_yuan: int
    payment: PaymentView | None
    step: NextStep | None
    say: str
    methods: list[Method]
    tenders: list[int]
    show: str

    @property
    def cart(self) -> Any:
        return self.view.cart

    @property
    def missing_fen(self) -> int:
        return self.view.due_fen - self.view.paid_fen


def counter_of(viewer: Viewer, view: CartView) -> Counter:
    """The whole page in a few queries, however many pieces lie there."""
    buyer = _buyer(viewer, view.cart.customer_id)
    payment = payment_of(view)
    step = next_step(payment) if payment else None
    paying = view.next is Next.PAY
    missing = view.due_fen - view.paid_fen
    return Counter(
        view=view,
        pieces=pieces_of(view, buyer),
        buyer=buyer,
        notes=explained(view),
        worth=_worth(view),
        corrections=corrections_of(view.cart.pk),
        points_per_yuan=points_rule().per_yuan,
        payment=payment,
        step=step,
        say=say_step(step, view.cart.currency) if step else "",
        methods=methods(view.cart.store_id, missing) if paying else [],
        tenders=_handed(missing) if paying else [],
        show=square(step.show) if step and step.show else "",
    )


def payment_of(view: CartView) -> PaymentView | None:
    """The payment that is being made for the cart now."""
    if view.cart.state != "paying":
        return None
    open_ = [one for one in payments_of([view.cart.ref]) if one.state is PaymentState.OPEN]
    return open_[-1] if open_ else None


def methods(store: int, fen: int) -> list[Method]:
    return [_method(offer) for offer in offers(store=store, fen=fen)]


def _method(offer: MethodOffer) -> Method:
    return Method(offer.method.value, method_name(offer.method), say_offer(offer), offer.months)


def _handed(fen: int) -> list[int]:
    """Sums somebody is likely to hand over: exactly, and up to the next note."""
    return sorted({fen, *(-(-fen // note) * note for note in CASH_CHIPS)})


def pieces_of(view: CartView, buyer: Buyer | None = None) -> list[Piece]:
    known = skus(line.sku_id for line in view.lines)
    stock = stock_of(store=view.cart.store_id, skus=known)
    quoted = {line.key: line for line in view.quote.lines}
    names = {(step.kind, step.key): step.name for step in view.quote.steps}
    usual = {} if buyer is None else {fact.qualifier: fact.value for fact in buyer.card.sizes}
    return [
        Piece(
            line,
            known.get(line.sku_id),
            stock.get(line.sku_id, 0),
            "" if line.wearer_id or view.cart.gift else usual.get(line.goods.get("category", ""), ""),
            quoted[line.pk].total_fen,
            [(names.get((one.kind, one.key), ""), one.fen) for one in quoted[line.pk].taken if one.kind != "points"],
        )
        for line in view.lines
    ]


def _buyer(viewer: Viewer, customer: int | None) -> Buyer | None:
    known = card(viewer, customer) if customer is not None else None
    if known is None or customer is None:
        return None
    coupons = [(one, promise_in_words(one.terms)) for one in usable_by(customer, limit=8)]
    return Buyer(known, balance(customer), family_points(customer), coupons, wearer_choices(viewer, customer))


def explained(view: CartView) -> list[tuple[str, str, int]]:
    """The reckoning line by line: (name, what became of it, fen taken off), in the order it was done."""
    return [(step.name, _said(step, view.cart.currency), step.fen) for step in view.quote.steps]


def _said(step: Any, currency: str) -> str:
    if step.short_pieces:
        return _("再选 %(n)s 件可享") % {"n": step.short_pieces}
    if step.kind == "coupon" and step.why != Why.APPLIED:
        return why_in_words(CouponQuote(why=CouponWhy(step.why), missing_fen=step.short_fen))
    return {
        Why.BETTER: _("已享更优惠的活动"),
        Why.SHORT: _("再买 %(sum)s 可享") % {"sum": Money(step.short_fen, currency)},
        Why.CAPPED: _("只用得上这些，其余 %(n)s 积分不扣") % {"n": step.short_fen},
    }.get(step.why, "")


def _worth(view: CartView) -> tuple[str, str] | None:
    """What makes the dearest piece worth its price, and how it lasts: from the catalogue, to be said while packing."""
    known = skus(line.sku_id for line in view.lines)
    if not known:
        return None
    best = max(known.values(), key=lambda sku: sku.style.price_fen).style
    care = "；".join(best.care_texts[:2])
    return best.display_name, "。".join(part for part in (best.fabric_text, care) if part)
