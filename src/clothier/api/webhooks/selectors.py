"""Questions about what is posted to other systems."""

from datetime import datetime

from django.db.models import Min, QuerySet

from clothier.api.models import Posting, Subscription


def sendable() -> QuerySet[Posting]:
    """What waits to be posted, but for the addresses that are paused."""
    paused = Subscription.objects.exclude(paused_at=None).values("pk")
    return Posting.objects.filter(state=Posting.State.WAITING).exclude(subscription__in=paused)


def earliest_posting() -> datetime | None:
    at: datetime | None = sendable().aggregate(at=Min("due_at"))["at"]
    return at


def subscriptions() -> QuerySet[Subscription]:
    return Subscription.objects.order_by("-id")


def postings_of(subscription: int) -> QuerySet[Posting]:
    """What was and is owed to a subscription, the latest events first."""
    return Posting.objects.filter(subscription=subscription).order_by("-entry_id")


def parked_postings(subscription: int | None = None) -> QuerySet[Posting]:
    """What was given up, of one subscription or of all, the latest first."""
    rows = Posting.objects.filter(state=Posting.State.PARKED).select_related("subscription").order_by("-id")
    return rows if subscription is None else rows.filter(subscription=subscription)


def count_parked(*, most: int, subscription: int | None = None) -> int:
    """How many were given up, counted no further than `most`."""
    return parked_postings(subscription).order_by()[:most].count()


def count_waiting(*, subscription: int, most: int) -> int:
    """How many wait for a subscription, counted no further than `most`."""
    rows = Posting.objects.filter(subscription=subscription, state=Posting.State.WAITING)
    return rows.order_by()[:most].count()
