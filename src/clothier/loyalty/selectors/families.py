"""Points used together: the family, what each lets the others use, and what there is to spend in all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from clothier.customers.selectors import people_of, person_of, records_of, records_of_all
from clothier.kernel import clock
from clothier.loyalty.models import FamilyInvitation, FamilyMember, FamilyUse, Lot
from clothier.standards.selectors import document


@dataclass(frozen=True, slots=True)
class Purse:
    """Lots somebody may spend from now, and how much of them; `member` is the one of the family whose they are."""

    ready: Sequence[Lot]
    free: int
    member: FamilyMember | None = None


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family as one of its members sees it; `uses` is what the others used of theirs this month."""

    mine: FamilyMember
    others: Sequence[FamilyMember]
    uses: Sequence[FamilyUse]
    used: int


def membership_of(customer: int) -> FamilyMember | None:
    """The family a person is in now, whichever of their records joined it."""
    rows = FamilyMember.objects.filter(customer_id__in=records_of(customer), left_at=None)
    return rows.order_by("pk").first()


def members_of(family: int) -> list[FamilyMember]:
    return list(FamilyMember.objects.filter(family=family, left_at=None).order_by("pk"))


def family_of(customer: int) -> FamilyView | None:
    mine = membership_of(customer)
    if mine is None:
        return None
    uses = list(FamilyUse.objects.filter(member=mine, at__gte=month_start()).order_by("-at", "-pk"))
    others = [one for one in members_of(mine.family_id) if one.pk != mine.pk]
    return FamilyView(mine, others, uses, sum(use.points for use in uses))


def inviter_of(code: str) -> int | None:
    """Who invites with this code; None when it is over, used or nobody's."""
    rows = FamilyInvitation.objects.filter(code=code.strip().upper(), used_at=None, expires_at__gt=clock.now())
    return rows.values_list("made_by", flat=True).first()


def spendable(customer: int) -> int:
    """What a person may spend now: their own points, and what their family lets them use."""
    return sum(purse.free for purse in purses(customer))


def family_points(customer: int) -> int:
    """What a person's family lets them use now, beside their own points."""
    return sum(purse.free for purse in purses(customer)[1:]) if document("loyalty").family.pooled else 0


def purses(customer: int, *, lock: bool = False) -> list[Purse]:
    """A person's own lots first, then those of their family within each one's share for the month.

    `lock` holds all of them at once until the transaction ends, in one order for everybody, so that neither a lot nor
    a share is spent twice.
    """
    person = person_of(customer) or customer
    family = _family(customer)
    rows = Lot.objects.filter(customer_id__in=records_of_all([customer, *family])).exclude(remaining=0).order_by("pk")
    held = list(rows.select_for_update() if lock else rows)
    whose = people_of({lot.customer_id for lot in held}) if family else {}
    by_person: defaultdict[int, list[Lot]] = defaultdict(list)
    for lot in held:
        by_person[whose.get(lot.customer_id, person)].append(lot)
    now = clock.now()
    own = _purse(by_person[person], now)
    # Counted after the lots are held: nobody else is spending of them meanwhile.
    used = _used(family.values()) if family else {}
    return [own, *(_shared(by_person[pk], one, used.get(one.pk, 0), now) for pk, one in family.items())]


def month_start() -> datetime:
    """The midnight of the shop with which this month began."""
    return timezone.localtime(clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _family(customer: int) -> dict[int, FamilyMember]:
    """The others of the family who share something, by person; none while the house rules say no."""
    if not document("loyalty").family.pooled or (mine := membership_of(customer)) is None:
        return {}
    others = [one for one in members_of(mine.family_id) if one.pk != mine.pk and one.share]
    return {person_of(one.customer_id) or one.customer_id: one for one in others}


def _used(members: Iterable[FamilyMember]) -> dict[int, int]:
    uses = FamilyUse.objects.filter(member__in=list(members), at__gte=month_start()).order_by()
    return dict(uses.values_list("member").annotate(Sum("points")))


def _shared(lots: Sequence[Lot], member: FamilyMember, used: int, now: datetime) -> Purse:
    share = min(member.share, document("loyalty").family.a_month)
    purse = _purse(lots, now)
    return Purse(purse.ready, min(purse.free, max(share - used, 0)), member)


def _purse(lots: Sequence[Lot], now: datetime) -> Purse:
    ready = [lot for lot in lots if lot.matures_at <= now < lot.expires_at and lot.remaining > 0]
    debt = -sum(lot.remaining for lot in lots if lot.remaining < 0)
    return Purse(ready, max(sum(lot.remaining for lot in ready) - debt, 0))
