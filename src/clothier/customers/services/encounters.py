"""Purchases, returns, visits and fittings as the profile counts them; each once, whatever its order of arrival."""

from datetime import datetime

from django.db import transaction

from clothier.customers.contracts import Purchase
from clothier.customers.models import Customer, Encounter, Profile
from clothier.customers.services import figures, recounting
from clothier.customers.services.people import locked
from clothier.customers.standing import ladder
from clothier.kernel import clock
from clothier.kernel.errors import Refused

_KIND = Encounter.Kind


def note_purchase(purchase: Purchase) -> bool:
    """Count an order, in the sale's own transaction. False when this order was counted before."""
    return _note(_purchase(purchase), currency=purchase.currency)


def note_return(
    *,
    customer_id: int,
    return_id: int,
    occurred_at: datetime,
    refund_fen: int,
    margin_fen: int = 0,
    items: int = 0,
    store_id: int | None = None,
) -> bool:
    """Count a return; `refund_fen` and the lost `margin_fen` are positive. False when it was counted before."""
    deed = Encounter(
        customer_id=customer_id,
        kind=_KIND.RETURN,
        ref_id=return_id,
        store_id=store_id,
        occurred_at=occurred_at,
        items=items,
        spend_fen=-refund_fen,
        margin_fen=-margin_fen,
    )
    return _note(deed)


def note_visit(
    *, customer_id: int, visit_id: int, occurred_at: datetime | None = None, store_id: int | None = None
) -> bool:
    """Count a visit. False when it was counted before."""
    return _note(_plain(_KIND.VISIT, customer_id, visit_id, occurred_at, store_id))


def note_fitting(
    *, customer_id: int, fitting_id: int, occurred_at: datetime | None = None, store_id: int | None = None
) -> bool:
    """Count a fitting. False when it was counted before."""
    return _note(_plain(_KIND.FITTING, customer_id, fitting_id, occurred_at, store_id))


def uncount_visit(*, visit_id: int, unless_of: int | None = None) -> bool:
    """Take a visit that was a slip back out of the figures, unless it is this customer's. False when none counted."""
    return _uncount(_KIND.VISIT, visit_id, unless_of)


def uncount_fitting(*, fitting_id: int, unless_of: int | None = None) -> bool:
    """Take a fitting back out of the figures, unless it is this customer's. False when none counted."""
    return _uncount(_KIND.FITTING, fitting_id, unless_of)


def _purchase(purchase: Purchase) -> Encounter:
    return Encounter(
        customer_id=purchase.customer_id,
        kind=_KIND.PURCHASE,
        ref_id=purchase.order_id,
        store_id=purchase.store_id,
        occurred_at=purchase.occurred_at,
        items=purchase.items,
        spend_fen=purchase.spend_fen,
        margin_fen=purchase.margin_fen,
    )


def _plain(kind: str, customer_id: int, ref_id: int, occurred_at: datetime | None, store_id: int | None) -> Encounter:
    return Encounter(
        customer_id=customer_id, kind=kind, ref_id=ref_id, store_id=store_id, occurred_at=occurred_at or clock.now()
    )


def _note(deed: Encounter, *, currency: str = "") -> bool:
    with transaction.atomic():
        customer = _record(deed.customer_id)
        if Encounter.objects.filter(kind=deed.kind, ref_id=deed.ref_id).exists():
            return False
        deed.save(force_insert=True)
        # The row is locked, so adding in memory loses nothing; a lost update would be lost money on the page.
        profile = Profile.objects.select_for_update().get(pk=customer.person_id)
        _count(profile, deed, currency=currency)
    return True


def _count(profile: Profile, deed: Encounter, *, currency: str) -> None:
    limits = ladder()
    outdated = figures.outdated(profile, limits)
    if figures.add(profile, deed, limits):
        recounting.recount_days([profile])
    if outdated:
        recounting.recount_windows([profile], limits)
    moves = figures.settle([profile], limits)
    profile.store_id = deed.store_id or profile.store_id
    profile.currency = currency or profile.currency
    profile.save(update_fields=[*figures.COUNTED, *figures.WINDOW, *figures.PLACED, "store_id", "currency"])
    figures.tell(moves)


def _uncount(kind: str, ref_id: int, unless_of: int | None) -> bool:
    counted = Encounter.objects.filter(kind=kind, ref_id=ref_id).exclude(customer_id=unless_of or 0)
    with transaction.atomic():
        if (whose := counted.values_list("customer_id", flat=True).first()) is None:
            return False
        person = _record(whose).person_id
        profile = Profile.objects.select_for_update().get(pk=person)
        # Whoever deletes the row takes it off the sums: of two at once only one does.
        gone, _ = counted.filter(customer_id=whose).delete()
        if gone:
            figures.take_off(profile, kind)
            profile.save(update_fields=["visits", "fittings", "last_visit_at", "store_id"])
        return bool(gone)


def _record(customer_id: int) -> Customer:
    found = locked([customer_id]).get(customer_id)
    if found is None:
        raise Refused(f"no customer {customer_id}")
    return found
