"""Issuing: one coupon to one customer, or to whoever will bear its code."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clothier.customers.selectors import people_of, person_of, records_of, records_of_all
from clothier.customers.services.people import locked
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.rewards.events import CouponIssued
from clothier.rewards.models import Coupon, Template, TemplateDay
from clothier.rewards.rules.codes import new_code
from clothier.standards.selectors import document as house_rule


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
    if customer is not None and counts(reason):
        _within_limits(customer)
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


def _within_limits(customer: int) -> None:
    """Raises Refused when the house rules give the person no more for now; holds the person until they have it."""
    person = person_of(customer) or customer
    if had_enough([person]):
        raise Refused(_("这位顾客近期领的券已到上限"), field="customer")


def counts(reason: str) -> bool:
    """Whether a coupon given for this reason is bounded by what one person may be given."""
    rule = house_rule("rewards").coupons
    return bool(rule.a_customer) and reason not in rule.owed


def had_enough(people: list[int]) -> set[int]:
    """Those who may have no more coupons for now, over all their records.

    The people are held until the transaction ends: of two who give one person a coupon the second counts the first's.
    """
    limits = house_rule("rewards").coupons.a_customer
    if not limits:
        return set()
    locked(people)
    whose, owed = people_of(records_of_all(people)), house_rule("rewards").coupons.owed
    given = Coupon.objects.filter(customer_id__in=list(whose)).exclude(reason__in=owed)
    enough: set[int] = set()
    for limit in limits:
        recent = given.filter(issued_at__gte=since(limit.days)).values_list("customer_id", flat=True)
        has = Counter(whose[pk] for pk in recent if pk is not None)
        enough |= {person for person in people if has[person] >= limit.most}
    return enough


def since(days: int) -> datetime:
    """The midnight of the shop with which so many days began, today being one of them."""
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=days - 1)


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
