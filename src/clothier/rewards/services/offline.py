"""A coupon that a till took while it could not ask, told afterwards.

The sale is made, so nothing is refused that a till may take at all: what was used twice, too late or too often is
recorded as such, borne, and shown to head office. The house rules bound what that can come to.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.rewards import signing
from clothier.rewards.contracts import CouponState
from clothier.rewards.events import CouponRedeemed
from clothier.rewards.models import Coupon, CouponStep, Template
from clothier.standards.selectors import document as house_rule

Kind = CouponStep.Kind
UNUSED = (CouponState.OPEN, CouponState.RESERVED, CouponState.EXPIRED)


@transaction.atomic
def redeem_offline(
    *,
    token: str,
    document: str,
    off_fen: int,
    till: str,
    occurred_at: datetime,
    store: int | None = None,
    actor: int | None = None,
) -> CouponStep:
    """What became of it: REDEEMED, or TWICE when it had been used elsewhere. Told again it is the same step.

    Refused for a token that is not ours and for a sum that no till may take offline.
    """
    promise, rule = signing.opened(token), house_rule("rewards").coupons.offline
    # Held until the end: what it had booked, and whether it was used, stays true meanwhile.
    held = Coupon.objects.select_related("template").select_for_update(of=("self",))
    row = held.filter(code=promise.code).first()
    if row is None or not row.template.offline:
        raise Refused(_("这张券不能断网使用"), field="token")
    if not 0 <= off_fen <= rule.most_off:
        raise Refused(_("超过了断网可减的金额"), field="off_fen")
    told = CouponStep.objects.filter(coupon=row, document=document, offline=True).first()
    if told is not None:
        return told
    # A code used before its time was up counts, although it may have been closed since.
    fresh = Coupon.objects.filter(pk=row.pk, state__in=UNUSED, valid_until__gt=occurred_at)
    booked = row.off_fen if row.state == CouponState.RESERVED else 0
    first = fresh.update(state=CouponState.REDEEMED, document=document, off_fen=off_fen, held_until=None)
    Template.objects.filter(pk=row.template_id).update(off_fen=F("off_fen") + off_fen - (booked if first else 0))
    step = CouponStep.objects.create(
        coupon=row,
        kind=Kind.REDEEMED if first else Kind.TWICE,
        at=occurred_at,
        by_id=actor,
        store_id=store,
        till=till,
        document=document,
        off_fen=off_fen,
        offline=True,
        reason=_risk(till, occurred_at),
    )
    event = CouponRedeemed(
        coupon_id=row.pk, template_id=row.template_id, off_fen=off_fen, offline=True, twice=not first
    )
    record(event, subject=row.ref, customer=row.customer_id, store=store, actor=actor, occurred_at=occurred_at)
    return step


def _risk(till: str, occurred_at: datetime) -> str:
    """What the house rules say against it: "late", "often" or ""."""
    rule = house_rule("rewards").coupons.offline
    if clock.now() - occurred_at > timedelta(seconds=rule.told_within):
        return "late"
    midnight = timezone.localtime(occurred_at).replace(hour=0, minute=0, second=0, microsecond=0)
    day = {"at__gte": midnight, "at__lt": midnight + timedelta(days=1)}
    taken = CouponStep.objects.filter(till=till, offline=True, **day).count()
    return "often" if taken >= rule.a_till_a_day else ""
