"""Carts as pages see them, for a viewer; and for whoever holds a cart's own link."""

from django.core.signing import BadSignature, Signer
from django.db.models import Count, QuerySet, Sum

from clothier.checkout.contracts.carts import CartView
from clothier.checkout.models import Cart, Correction
from clothier.checkout.rules.carts import next_of
from clothier.checkout.selectors.quoting import backs_of, lines_of, quote_of
from clothier.kernel.access import Viewer
from clothier.kernel.refs import number
from clothier.payments.contracts import PaymentState
from clothier.payments.selectors import payments_of

_cart_link, _door_link = Signer(salt="checkout.cart"), Signer(salt="checkout.door")


def carts_for(viewer: Viewer) -> QuerySet[Cart]:
    """Carts in the viewer's stores."""
    rows = Cart.objects.select_related("store")
    return rows if viewer.stores is None else rows.filter(store__in=viewer.stores)


def cart_view(viewer: Viewer, cart: int) -> CartView | None:
    row = carts_for(viewer).filter(pk=cart).first()
    return seen(row) if row else None


def carts_here(viewer: Viewer, *, store: int, limit: int = 30) -> list[Cart]:
    """What is being bought in a store now, the latest first, with `pieces` and `listed_fen`."""
    # As the index of living carts says it: what is finished is never looked at.
    rows = carts_for(viewer).filter(store=store).exclude(state=Cart.State.COMPLETED).exclude(state=Cart.State.DROPPED)
    told = rows.annotate(pieces=Sum("lines__quantity"), kinds=Count("lines"))
    return list(told.order_by("-changed_at")[:limit])


def seen(row: Cart) -> CartView:
    """The whole cart with its price and the one next step."""
    lines = lines_of(row.pk)
    backs = backs_of(row) if row.state != Cart.State.COMPLETED else []
    credit = sum(back.fen for back in backs)
    quote = quote_of(row, lines, credit_fen=credit)
    due = max(quote.due_fen - credit, 0)
    told = dict(row.confirmations.values_list("what", "fen"))
    # A yes to another amount is no yes: a promotion may have begun while the customer thought it over.
    confirmed = frozenset(what for what, fen in told.items() if fen == quote.due_fen - credit)
    paying = row.state == Cart.State.PAYING
    live = [one for one in payments_of([row.ref]) if one.state is not PaymentState.CANCELLED] if paying else []
    paid = sum(one.refundable_fen for one in live)
    step = next_of(
        state=row.state,
        personal=row.mode == Cart.Mode.PERSONAL,
        goods=bool(lines),
        confirmed=confirmed,
        missing_fen=due - paid,
    )
    return CartView(row, lines, backs, quote, confirmed, paid, step)


def corrections_of(cart: int) -> list[Correction]:
    return list(Correction.objects.filter(cart=cart).order_by("pk"))


def cart_link(cart: int) -> str:
    """What the customer's own phone knows the cart by; nobody guesses it."""
    return _cart_link.sign(str(cart))


def cart_by_link(token: str) -> Cart | None:
    row = _signed(_cart_link, token)
    return Cart.objects.select_related("store").filter(pk=row, mode=Cart.Mode.SILENT).first() if row else None


def door_link(store: int) -> str:
    """What the code on the wall says: buy here by yourself."""
    return _door_link.sign(str(store))


def store_by_door(token: str) -> int | None:
    return _signed(_door_link, token)


def _signed(signer: Signer, token: str) -> int | None:
    try:
        return number(signer.unsign(token))
    except BadSignature:
        return None
