"""How the programme stands: counted by the worker, so that no page counts every lot."""

from collections import defaultdict

from django.db.models import Count, Q, Sum
from django.utils import timezone

from clothier.kernel import clock
from clothier.loyalty.models import Lot, Membership, ProgrammeDay


def count_programme() -> int:
    """Count members by tier and points by expiry anew for today. Nothing is left to do afterwards (0)."""
    now = clock.now()
    zone = timezone.get_default_timezone()
    live = Membership.objects.filter(live=True).order_by()
    still = Lot.objects.filter(remaining__gt=0, expires_at__gt=now).order_by()
    months: defaultdict[str, int] = defaultdict(int)
    for expires_at, points in still.values_list("expires_at").annotate(Sum("remaining")):
        months[f"{expires_at.astimezone(zone):%Y-%m-%d}"] += points
    sums = Lot.objects.aggregate(
        pending=Sum("remaining", filter=Q(remaining__gt=0, matures_at__gt=now)),
        debt=Sum("remaining", filter=Q(remaining__lt=0)),
    )
    ProgrammeDay.objects.update_or_create(
        day=now.astimezone(zone).date(),
        defaults={
            "counted_at": now,
            "members": dict(live.values_list("tier").annotate(Count("pk"))),
            "expiring": dict(sorted(months.items())),
            "pending": sums["pending"] or 0,
            "debt": -(sums["debt"] or 0),
        },
    )
    return 0
