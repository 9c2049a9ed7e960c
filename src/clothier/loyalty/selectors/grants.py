"""Points that people gave by hand."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from clothier.customers.selectors import records_of
from clothier.kernel import clock
from clothier.kernel.rows import prepared
from clothier.loyalty.contracts import Reason
from clothier.loyalty.models import Grant
from clothier.standards.selectors import document


def given_by_hand(person: int) -> int:
    """Points that people gave this person within the house rules' days, for whatever they are sorry about."""
    since = clock.now() - timedelta(days=document("authority").window_days)
    return sum(_by_hand(people=records_of(person), since=since))


@prepared
def _by_hand(people: list[int], since: datetime) -> "QuerySet[Grant, int]":
    by_hand = Grant.objects.filter(customer_id__in=people, granted_at__gte=since, actor_id__isnull=False)
    return by_hand.exclude(reason=Reason.SUGGESTION).values_list("points", flat=True)
