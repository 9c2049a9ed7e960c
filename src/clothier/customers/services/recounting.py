"""The profile's figures counted anew: when records join or part, when time has passed, when something is told late."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import Count, Min, Q, Sum

from clothier.customers.models import Customer, Encounter, Profile
from clothier.customers.rules.counted import Counted
from clothier.customers.rules.layers import Ladder
from clothier.customers.selectors.counting import DAYS, lifetimes, purchase_days
from clothier.customers.services.figures import COUNTED, PLACED, SUMS, WINDOW, settle, tell
from clothier.customers.standing import ladder
from clothier.kernel import clock

_KIND = Encounter.Kind
_MONEY = Q(kind__in=[_KIND.PURCHASE, _KIND.RETURN])


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


def _put_window(profile: Counted, sums: dict[str, object] | None, limits: Ladder) -> None:
    """Put a window's sums (None: nothing happened in it) on a profile (not saved)."""
    for column in SUMS:
        setattr(profile, column, sums[column] if sums else _nothing(column))
    profile.window_seconds = limits.window_seconds


def _nothing(column: str) -> int | None:
    return None if column.endswith("_at") or column in ("first_day", "last_day") else 0
