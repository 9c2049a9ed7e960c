"""A template's figures of the day follow its coupons."""

from collections import defaultdict
from datetime import date

from django.db.models import F
from django.utils import timezone

from clothier.eventlog.contracts import Happening, deferred_together
from clothier.rewards.events import CouponGivenBack, CouponRedeemed
from clothier.rewards.models import TemplateDay


@deferred_together("rewards.figures", CouponRedeemed.type, CouponGivenBack.type, past=False)
def add_up(entries: list[Happening]) -> None:
    """Used coupons and fen by template and day, aside of the sale, so that tills do not wait for each other's sums."""
    sums: defaultdict[tuple[int, date], list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        told, sign = entry.payload, 1 if entry.type == CouponRedeemed.type else -1
        found = sums[told["template_id"], timezone.localdate(entry.occurred_at)]
        found[0] += sign
        found[1] += sign * told["off_fen"]
    for (template, day), (used, fen) in sorted(sums.items()):
        row, _new = TemplateDay.objects.get_or_create(template_id=template, day=day)
        TemplateDay.objects.filter(pk=row.pk).update(redeemed=F("redeemed") + used, off_fen=F("off_fen") + fen)
