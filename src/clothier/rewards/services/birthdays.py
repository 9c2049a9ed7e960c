"""The birthday gift: once a year, in the month of the birthday, to whoever comes."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clothier.customers.selectors import person_of
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.loyalty.contracts import Reason
from clothier.loyalty.services import grant
from clothier.rewards.events import BirthdayGiftGiven
from clothier.rewards.models import BirthdayGift, Coupon, Template
from clothier.rewards.selectors.gifts import birthday_due
from clothier.rewards.services.issuing import issue
from clothier.standards.selectors import document as house_rule


def give_birthday_gift(*, customer: int, store: int | None = None, actor: int | None = None) -> BirthdayGift:
    """Give the house rules' gift. Given before in this year it is that one again; Refused when none is due."""
    person, year = person_of(customer) or 0, timezone.localdate(clock.now()).year
    given = BirthdayGift.objects.filter(customer_id=person, year=year)
    if before := given.first():
        return before
    if not birthday_due(person):
        raise Refused(_("这位顾客现在没有生日礼可领"), field="customer")
    try:
        with transaction.atomic():
            return _give(person, year, store, actor)
    except IntegrityError:
        return given.get()


def _give(person: int, year: int, store: int | None, actor: int | None) -> BirthdayGift:
    rule = house_rule("rewards").birthday
    # The row first: whoever is second finds it, and grants nothing.
    gift = BirthdayGift.objects.create(
        customer_id=person,
        year=year,
        points=rule.points,
        store_id=store,
        given_at=clock.now(),
        given_by=actor,
    )
    gift.coupon = _coupon(rule.coupon, gift, store, actor)
    gift.save(update_fields=["coupon"])
    if rule.points:
        grant(
            customer=person,
            points=rule.points,
            reason=Reason.BIRTHDAY,
            key=f"birthday:{person}:{year}",
            reference=f"birthday_gift:{gift.pk}",
            store=store,
            actor=actor,
        )
    event = BirthdayGiftGiven(gift_id=gift.pk, points=rule.points, coupon_id=gift.coupon_id)
    record(event, subject=Ref("birthday_gift", gift.pk), customer=person, store=store, actor=actor)
    return gift


def _coupon(code: str, gift: BirthdayGift, store: int | None, actor: int | None) -> Coupon | None:
    template = Template.objects.filter(code=code).first() if code else None
    if template is None:
        return None
    key = f"birthday:{gift.pk}"
    return issue(template=template.pk, customer=gift.customer_id, reason="birthday", key=key, store=store, actor=actor)
