"""What is known about reads goes when its time is over."""

from datetime import datetime

from clothier.customers.models import AccessRecord

BATCH = 5000


def prune_reads(before: datetime) -> int:
    """Delete some lines of the access log written before a moment; how many."""
    # The oldest are the first that were written: the walk ends at the first one that stays.
    oldest = AccessRecord.objects.order_by("pk").values_list("pk", "at")[:BATCH]
    return AccessRecord.objects.filter(pk__in=[pk for pk, at in oldest if at < before]).delete()[0]
