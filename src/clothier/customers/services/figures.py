"""The profile's figures: added to in constant time, counted anew when records join or part or time has passed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from django.db.models import Count, Min, Q, Sum

from clothier.customers.contracts import Deed
from clothier.customers.events import LayerChanged
from clothier.customers.models import Customer, Encounter, Profile
from clothier.customers.rules.layers import Ladder, Standing, place
from clothier.customers.selectors.counting import DAYS, LIFETIME, day_of, lifetimes, purchase_days
from clothier.customers.standing import ladder
from clothier.eventlog.services import record_alike
from clothier.kernel import clock

SUMS = ("window_orders", "window_spend_fen", "window_margin_fen", "window_oldest_at")
WINDOW = (*SUMS, "window_seconds")
PLACED = ("layer", "layer_since", "next_layer_change_at")
COUNTED = (*LIFETIME, *DAYS)
PREDICTED = ("expected_purchases_90d", "p_alive", "lifetime_value_fen", "predicted_at")
_KIND = Encounter.Kind
_MONEY = Q(kind__in=[_KIND.PURCHASE, _KIND.RETURN])


class Counted(Protocol):
    """A profile, or its columns, as encounters change it."""

    pk: int
    layer: str
    layer_since: datetime | None
    next_layer_change_at: datetime | None
    orders: int
    returns: int
    items: int
    visits: int
    fittings: int
    spend_fen: int
    margin_fen: int
    first_purchase_at: datetime | None
    last_purchase_at: datetime | None
    last_visit_at: datetime | None
    window_orders: int
    window_spend_fen: int
    window_margin_fen: int
    window_oldest_at: datetime | None
    window_seconds: int
    purchase_days: int
    first_day: int | None
    last_day: int | None
    first_day_fen: int
    repeat_fen: int


@dataclass(frozen=True, slots=True)
class Move:
    """A person changed layer."""

    person_id: int
    was: str
    layer: str


def rebuild(person_id: int) -> None:
    """Count a person's profile from all encounters of all its records; the row becomes the live one."""
    profile = Profile.objects.select_for_update().get(pk=person_id)
    put_lifetime(profile, lifetimes([person_id]).get(person_id))
    records = Customer.objects.filter(person_id=person_id, erased_at=None)
    profile.registered_at = records.aggregate(at=Min("registered_at"))["at"] or profile.registered_at
    profile.live = records.exists()
    limits = ladder()
    recount_windows([profile], limits)
    moves = settle([profile], limits)
    profile.save(update_fields=[*COUNTED, *WINDOW, *PLACED, "registered_at", "live"])
    tell(moves)


def windows(people: Sequence[int], limits: Ladder) -> dict[int, dict[str, object]]:
    """The window's sums of many people in one query, by person."""
    since = clock.now() - limits.window
    rows = (
        Encounter.objects.filter(_MONEY, customer__person_id__in=people, occurred_at__gt=since)
        .values("customer__person_id")
        .annotate(
            window_orders=Count("pk", filter=Q(kind=_KIND.PURCHASE)),
            window_spend_fen=Sum("spend_fen"),
            window_margin_fen=Sum("margin_fen"),
            window_oldest_at=Min("occurred_at"),
        )
    )
    return {cast(int, row["customer__person_id"]): dict(row) for row in rows}


def recount_windows(people: Sequence[Counted], limits: Ladder) -> None:
    """Put many windows right as of now (not saved), by one query."""
    if not people:
        return
    sums = windows([person.pk for person in people], limits)
    for person in people:
        _put_window(person, sums.get(person.pk), limits)


def put_lifetime(profile: Counted, counted: dict[str, Any] | None) -> None:
    """Put what was counted from a person's encounters (None: there are none) on their profile (not saved)."""
    for column in COUNTED:
        setattr(profile, column, counted[column] if counted else _nothing(column))


def recount_days(people: Sequence[Counted]) -> None:
    """Put the purchase days of people right (not saved), by one query."""
    if not people:
        return
    days = purchase_days([person.pk for person in people])
    for person in people:
        for column in DAYS:
            setattr(person, column, days[person.pk][column])


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


def _put_window(profile: Counted, sums: dict[str, object] | None, limits: Ladder) -> None:
    """Put a window's sums (None: nothing happened in it) on a profile (not saved)."""
    for column in SUMS:
        setattr(profile, column, sums[column] if sums else _nothing(column))
    profile.window_seconds = limits.window_seconds


def _nothing(column: str) -> int | None:
    return None if column.endswith("_at") or column in ("first_day", "last_day") else 0


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
