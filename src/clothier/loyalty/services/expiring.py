"""Points whose time is over leave their lots, some thousand at a time."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clothier.eventlog.services import record_alike
from clothier.kernel import clock
from clothier.loyalty.contracts import EntryKind
from clothier.loyalty.events import PointsExpired
from clothier.loyalty.models import Lot
from clothier.loyalty.services.lots import entry, hold_lots, write

BATCH = 1_000


@transaction.atomic
def expire(*, limit: int = BATCH) -> int:
    """One step of taking expired points out of the books, for the worker; how many lots, 0 when none is left.

    Nobody could spend them any more: balances go by the time, not by when this has run.
    """
    now = clock.now()
    due = Lot.objects.filter(remaining__gt=0, expires_at__lte=now).order_by("expires_at")
    held = hold_lots(due.values_list("pk", flat=True)[:limit])
    # Read again under the lock: a refund may have given a lot more time meanwhile.
    over = [lot for lot in held.values() if lot.remaining > 0 and lot.expires_at <= now]
    write(
        [
            entry(
                lot,
                document=("expiry", _month(lot.expires_at)),
                line=lot.pk,
                kind=EntryKind.EXPIRE,
                points=-lot.remaining,
                at=lot.expires_at,
            )
            for lot in over
        ]
    )
    Lot.objects.filter(pk__in=[lot.pk for lot in over]).update(remaining=0)
    _tell(over)
    return len(over)


def _month(expires_at: datetime) -> str:
    """A lot that was given more time expires again, in a later month."""
    return f"{expires_at.astimezone(timezone.get_default_timezone()):%Y-%m}"


def _tell(over: list[Lot]) -> None:
    whose = [lot.customer_id for lot in over]
    record_alike(
        PointsExpired,
        ({"lot_id": lot.pk, "points": lot.remaining} for lot in over),
        subject_kind="customer",
        subjects=whose,
        customers=whose,
        stores=[None] * len(over),
        actors=[None] * len(over),
        occurred_at=[lot.expires_at for lot in over],
    )
