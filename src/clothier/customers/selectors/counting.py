"""A person's figures as they are counted from encounters, by the profile's column."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from clothier.customers.models import Encounter

_KIND = Encounter.Kind
_BOUGHT, _SEEN = Q(kind=_KIND.PURCHASE), Q(kind=_KIND.VISIT)

LIFETIME: dict[str, Any] = {
    "orders": Count("pk", filter=_BOUGHT),
    "returns": Count("pk", filter=Q(kind=_KIND.RETURN)),
    "items": Coalesce(Sum("items", filter=_BOUGHT), 0),
    "visits": Count("pk", filter=_SEEN),
    "fittings": Count("pk", filter=Q(kind=_KIND.FITTING)),
    "spend_fen": Coalesce(Sum("spend_fen"), 0),
    "margin_fen": Coalesce(Sum("margin_fen"), 0),
    "first_purchase_at": Min("occurred_at", filter=_BOUGHT),
    "last_purchase_at": Max("occurred_at", filter=_BOUGHT),
    "last_visit_at": Max("occurred_at", filter=_SEEN),
}

# What repeat purchase is foretold from. Their days are the shop's, of which a database knows nothing.
DAYS = ("purchase_days", "first_day", "last_day", "first_day_fen", "repeat_fen")
_NO_DAYS = dict(zip(DAYS, (0, None, None, 0, 0), strict=True))


def lifetimes(people: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The lifetime figures and the purchase days of people, by person; whoever did nothing is left out."""
    among = list(people)
    deeds = Encounter.objects.filter(customer__person_id__in=among).order_by()
    days = purchase_days(among)
    found: dict[int, dict[str, Any]] = {}
    for row in deeds.values("customer__person_id").annotate(**LIFETIME):
        person: Any = row["customer__person_id"]
        found[person] = {**row, **days.get(person, _NO_DAYS)}
    return found


def purchase_days(people: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The purchase days of people, by person; whoever bought nothing is left out."""
    told = Encounter.objects.filter(_BOUGHT, customer__person_id__in=list(people)).order_by()
    fen: dict[Any, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for person, at, spend in told.values_list("customer__person_id", "occurred_at", "spend_fen"):
        fen[person][day_of(at)] += spend
    return {person: _counted(spends) for person, spends in fen.items()}


def day_of(moment: datetime) -> int:
    """The shop's day of a moment, as date's ordinal."""
    return moment.astimezone(timezone.get_default_timezone()).toordinal()


def _counted(fen: dict[int, int]) -> dict[str, Any]:
    first = fen[min(fen)]
    return dict(zip(DAYS, (len(fen), min(fen), max(fen), first, sum(fen.values()) - first), strict=True))


def counted_orders(orders: Iterable[int]) -> dict[int, int]:
    """What each of these orders counts for in its customer's spend, in fen; those that nobody's figures count are
    missing.
    """
    kinds = (_KIND.PURCHASE, _KIND.RETURN)
    return dict(Encounter.objects.filter(kind__in=kinds, ref_id__in=list(orders)).values_list("ref_id", "spend_fen"))
