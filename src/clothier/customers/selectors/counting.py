"""A person's lifetime figures as the database counts them from encounters, by the profile's column."""

from typing import Any

from django.db.models import Count, Max, Min, Q, Sum
from django.db.models.functions import Coalesce

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
