"""Families: joined by an invitation and an own yes, left at any time. Points never move; they are let to be used."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.customers.selectors import person_of
from clothier.eventlog.contracts import Event
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.loyalty.events import FamilyInvited, FamilyJoined, FamilyLeft, FamilyShareSet
from clothier.loyalty.models import Family, FamilyInvitation, FamilyMember
from clothier.loyalty.selectors.families import members_of, membership_of
from clothier.standards.contracts import Family as FamilyRule
from clothier.standards.selectors import document

# Read aloud across a table: no letters that sound or look like others.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@transaction.atomic
def invite(*, customer: int) -> FamilyInvitation:
    """A code for one more of the family, for some minutes; the first one founds it. Refused when it is full."""
    rule = _rule()
    mine = membership_of(customer) or _enter(Family.objects.create(founded_at=clock.now()), customer, 0)
    if len(members_of(mine.family_id)) >= rule.members:
        raise Refused(_("一个家庭最多 %(members)s 人") % {"members": rule.members})
    now = clock.now()
    made = FamilyInvitation.objects.create(
        family=mine.family,
        code="".join(secrets.choice(_LETTERS) for _n in range(8)),
        made_by=customer,
        made_at=now,
        expires_at=now + timedelta(minutes=rule.code_minutes),
    )
    _tell(FamilyInvited(family_id=mine.family_id), customer)
    return made


@transaction.atomic
def join(*, customer: int, code: str, share: int = 0) -> FamilyMember:
    """Agree to an invitation; `share` is what the others may use of one's own points a month.

    Told again it is the same. Refused when the code is over or used, the family full, or one is in a family already.
    """
    rule, now = _rule(), clock.now()
    rows = FamilyInvitation.objects.select_for_update().select_related("family").filter(code=code.strip().upper())
    asked = rows.first()
    mine = membership_of(customer)
    if mine is not None and asked is not None and mine.family_id == asked.family_id:
        return mine
    if mine is not None:
        raise Refused(_("您已经在一个家庭里，先退出才能加入另一个"), field="code")
    if asked is None or asked.used_at or asked.expires_at <= now:
        raise Refused(_("邀请码不对或已过期，请家人再生成一个"), field="code")
    # The family's row is held: of two who take the last place one gets it.
    Family.objects.select_for_update().get(pk=asked.family_id)
    if len(members_of(asked.family_id)) >= rule.members:
        raise Refused(_("一个家庭最多 %(members)s 人") % {"members": rule.members}, field="code")
    FamilyInvitation.objects.filter(pk=asked.pk).update(used_at=now)
    member = _enter(asked.family, customer, _bounded(share))
    _tell(FamilyJoined(family_id=asked.family_id, share=member.share), customer)
    return member


@transaction.atomic
def set_share(*, customer: int, points: int) -> None:
    """So many of one's points the others may use a month; 0 for none. What was used stays used."""
    mine, share = membership_of(customer), _bounded(points)
    if mine is None:
        raise Refused(_("您还没有加入家庭"))
    if FamilyMember.objects.filter(pk=mine.pk, left_at=None).exclude(share=share).update(share=share):
        _tell(FamilyShareSet(family_id=mine.family_id, share=share), customer)


@transaction.atomic
def leave(*, customer: int) -> None:
    """One's points are one's own again, as they were all along. Left twice it is left once."""
    mine = membership_of(customer)
    if mine and FamilyMember.objects.filter(pk=mine.pk, left_at=None).update(left_at=clock.now()):
        _tell(FamilyLeft(family_id=mine.family_id), customer)


def _rule() -> FamilyRule:
    rule: FamilyRule = document("loyalty").family
    if not rule.pooled:
        raise Refused(_("积分共用没有开放"))
    return rule


def _enter(family: Family, customer: int, share: int) -> FamilyMember:
    """As the person, not as one of their records: they are in one family at a time."""
    person = person_of(customer)
    if person is None:
        raise Refused(_("没有这位顾客。"))
    try:
        with transaction.atomic():
            return FamilyMember.objects.create(family=family, customer_id=person, share=share, joined_at=clock.now())
    except IntegrityError:
        raise Refused(_("您已经在一个家庭里，先退出才能加入另一个"), field="code") from None


def _bounded(points: int) -> int:
    most = _rule().a_month
    if not 0 <= points <= most:
        raise Refused(_("每月可以给家人 0 到 %(most)s 积分") % {"most": most}, field="share")
    return points


def _tell(event: Event, customer: int) -> None:
    record(event, subject=Ref("customer", customer), customer=customer)
