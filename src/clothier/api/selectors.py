"""The questions about machines, by the names other packages ask them."""

from django.db.models import QuerySet

from clothier.api.models import ApiKey, Posting, Subscription
from clothier.api.webhooks.selectors import (
    count_parked,
    count_waiting,
    earliest_posting,
    parked_postings,
    postings_of,
    subscriptions,
)

__all__ = [
    "ApiKey",
    "Posting",
    "Subscription",
    "count_parked",
    "count_waiting",
    "earliest_posting",
    "keys",
    "parked_postings",
    "postings",
    "postings_of",
    "subscriptions",
]


def keys() -> QuerySet[ApiKey]:
    """The latest first, without what proves them."""
    return ApiKey.objects.select_related("created_by").defer("secret_hash").order_by("-id")


def postings() -> QuerySet[Posting]:
    """Everything that is or was owed to anybody."""
    return Posting.objects.all()
