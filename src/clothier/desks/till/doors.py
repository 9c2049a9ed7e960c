"""Who works at the till; whatever is not theirs is not found."""

from django.http import Http404

from clothier.checkout.contracts.carts import CartView
from clothier.checkout.selectors import SaleView, cart_view, carts_for, sale_view
from clothier.kernel.access import Role, Viewer

CASHIERS = (Role.ASSOCIATE, Role.MANAGER, Role.OPERATOR)


def theirs(viewer: Viewer, cart: int) -> int:
    """The cart's number, for a tap that needs to know no more of it than that it is theirs."""
    store_of(viewer, cart)
    return cart


def store_of(viewer: Viewer, cart: int) -> int:
    """Where it is sold."""
    store = carts_for(viewer).filter(pk=cart).values_list("store_id", flat=True).first()
    if store is None:
        raise Http404
    return store


def cart_of(viewer: Viewer, cart: int) -> CartView:
    found = cart_view(viewer, cart)
    if found is None:
        raise Http404
    return found


def sale_of(viewer: Viewer, order: int) -> SaleView:
    found = sale_view(viewer, order)
    if found is None:
        raise Http404
    return found
