"""The fairness report, counted by the worker or when asked, so that no page looks at every customer and coupon."""

from django.db import transaction

from clothier.kernel import clock
from clothier.rewards.models import FairnessCount, FairnessFinding
from clothier.rewards.rules.fairness import Finding
from clothier.rewards.selectors.fairness import treated_unlike


def count_fairness() -> int:
    """Count the report anew in place of the last one. Nothing is left to do afterwards (0).

    Only what was found is written in a transaction: nobody waits for the count, and of two at once the later is read.
    """
    found = treated_unlike()
    with transaction.atomic():
        count = FairnessCount.objects.create(
            counted_at=clock.now(), found=len(found), open=sum(1 for one in found if one.open_grounds)
        )
        FairnessFinding.objects.bulk_create((_row(count, one) for one in found), batch_size=1000)
        FairnessCount.objects.filter(pk__lt=count.pk).delete()
    return 0


def _row(count: FairnessCount, one: Finding) -> FairnessFinding:
    return FairnessFinding(
        count=count,
        template_id=one.template,
        tier=one.group.tier,
        layer=one.group.layer,
        store=one.group.store,
        alike=one.alike,
        people=one.given.people,
        coupons=one.given.coupons,
        off_fen=one.given.off_fen,
        grounds=one.given.grounds,
        unexplained=list(one.open_grounds),
    )
