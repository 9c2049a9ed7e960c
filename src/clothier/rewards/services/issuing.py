"""Issuing: one coupon to one customer, or to whoever will bear its code."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clothier.customers.selectors import person_of, records_of
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.rewards.events import CouponIssued
from clothier.rewards.models import Coupon, Template, TemplateDay
from clothier.rewards.rules.codes import new_code


def issue(
    *,
    template: int,
    customer: int | None,
    reason: str,
    key: str | None = None,
    store: int | None = None,
    actor: int | None = None,
) -> Coupon:
    """One coupon of an open template. `reason` is a code the fairness report reads: birthday, goodwill, shop…

    Idempotent by `key`. Raises Refused when the template is closed, used up for good, for today or for this customer.
    """
    if key and (known := Coupon.objects.select_related("template").filter(key=key).first()):
        return known
    try:
        with transaction.atomic():
            return _issue(template, customer, reason, key, store, actor)
    except IntegrityError:
        # The same key at the same moment: the other one issued it.
        if key and (known := Coupon.objects.select_related("template").filter(key=key).first()):
            return known
        raise


def _issue(
    template: int, customer: int | None, reason: str, key: str | None, store: int | None, actor: int | None
) -> Coupon:
    now = clock.now()
    if customer is not None and person_of(customer) is None:
        raise Refused(_("没有这位顾客"), field="customer")
    # From here on the template's row is ours until the transaction ends: what is counted below stays true.
    kind = claim(template, 1, now)
    if customer is not None and left_for(kind, records_of(customer)) == 0:
        raise Refused(_("这位顾客已经领满这种券"), field="customer")
    valid_from, valid_until = validity(kind, now)
    coupon = Coupon.objects.create(
        template=kind,
        code=new_code(),
        customer_id=customer,
        reason=reason,
        key=key,
        valid_from=valid_from,
        valid_until=valid_until,
        issued_at=now,
    )
    event = CouponIssued(coupon_id=coupon.pk, template_id=kind.pk, reason=reason)
    record(event, subject=coupon.ref, customer=customer, store=store, actor=actor)
    return coupon


def claim(template: int, count: int, now: datetime) -> Template:
    """Take `count` coupons out of what may still be issued, and hold the template's row; the row as it is then.

    Raises Refused when there are not so many left. The last one goes once: the counting is one conditional update.
    """
    enough = Q(limit_total=None) | Q(issued__lte=F("limit_total") - count)
    rows = Template.objects.filter(pk=template)
    changed = rows.filter(enough, state=Template.State.OPEN).update(issued=F("issued") + count)
    kind = rows.first()
    if kind is None:
        raise Refused(_("没有这种券"), field="template")
    if not changed:
        closed = kind.state != Template.State.OPEN
        raise Refused(_("这种券现在不发放") if closed else _("这种券已经发完"), field="template")
    if kind.valid_until and kind.valid_until <= now:
        raise Refused(_("这种券已经过了有效期"), field="template")
    _claim_today(kind, count, now)
    return kind


def _claim_today(kind: Template, count: int, now: datetime) -> None:
    day, _new = TemplateDay.objects.get_or_create(template=kind, day=timezone.localdate(now))
    if kind.limit_day is not None and day.issued + count > kind.limit_day:
        raise Refused(_("这种券今天已经发完"), field="template")
    TemplateDay.objects.filter(pk=day.pk).update(issued=F("issued") + count)


def left_for(kind: Template, records: list[int]) -> int | None:
    """How many more a person may have; None without a limit. Whoever wants to rely on it holds the template's row."""
    if kind.limit_customer is None:
        return None
    held = Coupon.objects.filter(customer_id__in=records, template=kind).count()
    return max(kind.limit_customer - held, 0)


def validity(kind: Template, now: datetime) -> tuple[datetime, datetime]:
    """From when and until when a coupon issued now is good: whole days of the shop, no longer than the template."""
    start = max(kind.valid_from or now, now)
    if kind.valid_days is None:
        return start, kind.valid_until or start + timedelta(days=3650)
    midnight = timezone.localtime(start).replace(hour=0, minute=0, second=0, microsecond=0)
    end = midnight + timedelta(days=kind.valid_days + 1)
    return start, min(end, kind.valid_until or end)
