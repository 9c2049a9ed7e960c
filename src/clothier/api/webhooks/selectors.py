"""Questions about what is posted to other systems."""

from datetime import datetime

from django.db.models import Min, QuerySet

from clothier.api.models import Posting


def earliest_posting() -> datetime | None:
    at: datetime | None = Posting.objects.filter(state=Posting.State.WAITING).aggregate(at=Min("due_at"))["at"]
    return at


def parked_postings() -> QuerySet[Posting]:
    return Posting.objects.filter(state=Posting.State.PARKED).select_related("subscription").order_by("-id")
