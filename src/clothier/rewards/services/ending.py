"""Coupons that end: by their date, by a cart nobody came back to, or because somebody takes them back."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import record, record_alike
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.rewards.contracts import CouponState
from clothier.rewards.events import CouponExpired, CouponWithdrawn
from clothier.rewards.models import Coupon, CouponStep
from clothier.rewards.services.using import let_go


def expire_due(*, limit: int = 500) -> int:
    """Free the coupons of forgotten carts and close those that are over; how many. The worker calls it until none is
    left. No answer waits for it: a coupon past its moment is refused whatever its state says.
    """
    return _release_forgotten(limit) + _expire(limit)


@transaction.atomic
def withdraw(*, coupon: int, reason: str, actor: int | None = None) -> None:
    """Take an open coupon back, for a reason the customer will be told. Withdrawn twice it is withdrawn once."""
    if not reason.strip():
        raise Refused(_("请写明作废的原因"), field="reason")
    changed = Coupon.objects.filter(pk=coupon, state=CouponState.OPEN).update(state=CouponState.WITHDRAWN)
    row = Coupon.objects.get(pk=coupon)
    if changed:
        CouponStep.objects.create(
            coupon=row, kind=CouponStep.Kind.WITHDRAWN, at=clock.now(), by_id=actor, reason=reason.strip()[:120]
        )
        event = CouponWithdrawn(coupon_id=row.pk, template_id=row.template_id)
        record(event, subject=row.ref, customer=row.customer_id, actor=actor)
    elif row.state != CouponState.WITHDRAWN:
        raise Refused(_("只有还没用的券可以作废"))


def _release_forgotten(limit: int) -> int:
    now = clock.now()
    stale = Coupon.objects.filter(state=CouponState.RESERVED, held_until__lt=now).order_by("template", "pk")
    done = 0
    for row in stale[:limit]:
        with transaction.atomic():
            done += let_go(row, now, before=now)
    return done


@transaction.atomic
def _expire(limit: int) -> int:
    """A row that a till is just taking is skipped; the next round looks at it again."""
    now = clock.now()
    over = Coupon.objects.filter(state=CouponState.OPEN, valid_until__lte=now).order_by("valid_until")
    skip = connection.features.has_select_for_update_skip_locked
    rows = list(over.select_for_update(skip_locked=skip)[:limit])
    Coupon.objects.filter(pk__in=[row.pk for row in rows]).update(state=CouponState.EXPIRED)
    record_alike(
        CouponExpired,
        ({"coupon_id": row.pk, "template_id": row.template_id} for row in rows),
        subject_kind="coupon",
        subjects=[row.pk for row in rows],
        customers=[row.customer_id for row in rows],
        stores=[None] * len(rows),
        actors=[None] * len(rows),
        occurred_at=[row.valid_until for row in rows],
    )
    return len(rows)
