"""What the machines' side lets go of when its time is over."""

from datetime import datetime

from clothier.api.models import Posting, Repetition, Subscription
from clothier.kernel import clock

BATCH = 5000
_OVER = (Posting.State.SENT, Posting.State.LET_GO)


def prune_postings(before: datetime) -> int:
    """Delete some of the postings that arrived, or were let go, before a moment; how many. What is parked stays."""
    over = Posting.objects.filter(state__in=_OVER, due_at__lt=before).order_by("due_at").values_list("pk", flat=True)
    return Posting.objects.filter(pk__in=list(over[:BATCH])).delete()[0]


def prune_repetitions(before: datetime) -> int:
    """Forget some idempotency keys used before a moment; how many. The log still knows which verbs they stood for."""
    old = Repetition.objects.filter(used_at__lt=before).order_by("used_at").values_list("pk", flat=True)
    return Repetition.objects.filter(pk__in=list(old[:BATCH])).delete()[0]


def drop_retired_secrets() -> int:
    """Forget the webhook secrets whose overlap is over, so that they sign no more; how many."""
    retired = Subscription.objects.exclude(sealed_before="").filter(before_until__lte=clock.now())
    return retired.update(sealed_before="")
