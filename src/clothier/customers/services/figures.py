"""The profile's figures: added to in constant time, and the value layer that follows from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from clothier.customers.contracts import Deed
from clothier.customers.events import LayerChanged
from clothier.customers.models import Encounter, Profile
from clothier.customers.rules.counted import Counted
from clothier.customers.rules.layers import Ladder, Standing, place
from clothier.customers.selectors.counting import DAYS, LIFETIME, day_of
from clothier.eventlog.services import record_alike
from clothier.kernel import clock

SUMS = ("window_orders", "window_spend_fen", "window_margin_fen", "window_oldest_at")
WINDOW = (*SUMS, "window_seconds")
PLACED = ("layer", "layer_since", "next_layer_change_at")
COUNTED = (*LIFETIME, *DAYS)
PREDICTED = ("expected_purchases_90d", "p_alive", "lifetime_value_fen", "predicted_at")
_KIND = Encounter.Kind


@dataclass(frozen=True, slots=True)
class Move:
    """A person changed layer."""

    person_id: int
    was: str
    layer: str


def outdated(profile: Counted, limits: Ladder) -> bool:
    """Whether the window's sums are of another day, or of a window of another length."""
    due = profile.next_layer_change_at
    return bool(due and due <= clock.now()) or profile.window_seconds != limits.window_seconds


def settle(profiles: Iterable[Counted], limits: Ladder) -> list[Move]:
    """Place profiles (not saved) by their figures; the moves of those whose layer changed."""
    now = clock.now()
    return [move for profile in profiles if (move := _settle(profile, limits, now))]


def _settle(profile: Counted, limits: Ladder, now: datetime) -> Move | None:
    placement = place(_standing(profile), limits, now)
    profile.next_layer_change_at = placement.changes_at
    if placement.layer == profile.layer:
        return None
    was, profile.layer, profile.layer_since = profile.layer, placement.layer, now
    return Move(profile.pk, was, placement.layer)


def tell(moves: Sequence[Move]) -> None:
    if not moves:
        return
    people, now = [move.person_id for move in moves], clock.now()
    nothing = [None] * len(moves)
    record_alike(
        LayerChanged,
        ({"customer_id": move.person_id, "was": move.was, "layer": move.layer} for move in moves),
        subject_kind="customer",
        subjects=people,
        customers=people,
        stores=nothing,
        actors=nothing,
        occurred_at=[now] * len(moves),
    )


def add(profile: Counted, deed: Deed | Encounter, limits: Ladder) -> bool:
    """Count one encounter into a profile (not saved) without looking at its history.

    True when a purchase is told so late that only `recount_days` can tell whether its day is a new one.
    """
    bought = deed.kind == _KIND.PURCHASE
    profile.orders += bought
    profile.returns += deed.kind == _KIND.RETURN
    profile.visits += deed.kind == _KIND.VISIT
    profile.fittings += deed.kind == _KIND.FITTING
    profile.items += deed.items if bought else 0
    profile.spend_fen += deed.spend_fen
    profile.margin_fen += deed.margin_fen
    if bought:
        profile.first_purchase_at = _earlier(profile.first_purchase_at, deed.occurred_at)
        profile.last_purchase_at = _later(profile.last_purchase_at, deed.occurred_at)
    if deed.kind == _KIND.VISIT:
        profile.last_visit_at = _later(profile.last_visit_at, deed.occurred_at)
    if bought or deed.kind == _KIND.RETURN:
        _add_to_window(profile, deed, limits)
    return bought and _add_day(profile, day_of(deed.occurred_at), deed.spend_fen)


def take_off(profile: Profile, kind: str) -> None:
    """Take one visit or fitting, whose row is gone, off a profile (not saved); what was latest is looked up anew."""
    rest = Encounter.objects.filter(customer__person_id=profile.pk).order_by("-occurred_at", "-id")
    if kind == _KIND.VISIT:
        profile.visits -= 1
        profile.last_visit_at = rest.filter(kind=kind).values_list("occurred_at", flat=True).first()
    else:
        profile.fittings -= 1
    latest = rest.exclude(store_id=None).values_list("store_id", flat=True).first()
    profile.store_id = latest or profile.customer.store_id


def _add_to_window(profile: Counted, deed: Deed | Encounter, limits: Ladder) -> None:
    if deed.occurred_at <= clock.now() - limits.window:
        return
    profile.window_orders += deed.kind == _KIND.PURCHASE
    profile.window_spend_fen += deed.spend_fen
    profile.window_margin_fen += deed.margin_fen
    profile.window_oldest_at = _earlier(profile.window_oldest_at, deed.occurred_at)


def _add_day(profile: Counted, day: int, fen: int) -> bool:
    first, last = profile.first_day, profile.last_day
    if first is None or last is None or day < first:
        profile.repeat_fen += profile.first_day_fen
        profile.first_day, profile.first_day_fen = day, fen
    elif day == first:
        profile.first_day_fen += fen
    else:
        profile.repeat_fen += fen
    outside = first is None or last is None or not first <= day <= last
    profile.purchase_days += outside
    profile.last_day = max(last or day, day)
    return not outside and day not in (first, last)


def _standing(profile: Counted) -> Standing:
    return Standing(
        orders=profile.orders,
        first_purchase_at=profile.first_purchase_at,
        last_purchase_at=profile.last_purchase_at,
        window_orders=profile.window_orders,
        window_spend_fen=profile.window_spend_fen,
        window_margin_fen=profile.window_margin_fen,
        window_oldest_at=profile.window_oldest_at,
    )


def _earlier(a: datetime | None, b: datetime) -> datetime:
    return min(a, b) if a else b


def _later(a: datetime | None, b: datetime) -> datetime:
    return max(a, b) if a else b
