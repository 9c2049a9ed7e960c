"""When time will next change something about a customer."""

from datetime import datetime

from django.db.models import Min

from clothier.customers.models import Erasure, Profile, Relayering, Tagging


def next_due() -> datetime | None:
    """The earliest value layer to look at, tag to drop or erasure to carry out: index look-ups."""
    moments = (
        Profile.objects.filter(live=True, next_layer_change_at__isnull=False).aggregate(at=Min("next_layer_change_at")),
        Relayering.objects.aggregate(at=Min("at")),
        Tagging.objects.filter(expires_at__isnull=False).aggregate(at=Min("expires_at")),
        Erasure.objects.filter(cancelled_at=None, done_at=None).aggregate(at=Min("due_at")),
    )
    return min((found["at"] for found in moments if found["at"]), default=None)
