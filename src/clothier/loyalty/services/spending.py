"""Points spent, and given back to the very lots they came from."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.loyalty.contracts import SPENT, EntryKind
from clothier.loyalty.events import PointsGivenBack, PointsSpent
from clothier.loyalty.models import Entry, Lot
from clothier.loyalty.rules.points import Open, allocate, month_end
from clothier.loyalty.selectors.families import Purse, purses
from clothier.loyalty.services.lots import (
    Document,
    entries_of,
    entry,
    hold_lots,
    named,
    put,
    settle,
    take,
    write,
)
from clothier.standards.selectors import document as house_rules


def spend(
    *,
    customer: int,
    points: int,
    document: Ref | str,
    store: int | None = None,
    actor: int | None = None,
    key: str | None = None,
) -> int:
    """Spend matured points on a document, earliest expiry first; how many.

    The same document spends once: told again it changes nothing, told with another number of points it is Refused. So
    is spending more than there is.
    """
    if points < 1:
        raise Refused(_("请填写要使用的积分。"), field="points")
    about = named(document)
    try:
        with transaction.atomic():
            return _spend(customer, points, about, store, actor, key)
    except IntegrityError:
        # The same document was told twice at the same moment; the other one has spent.
        return _as_before(points, about)


def _spend(
    customer: int, points: int, document: Document, store: int | None, actor: int | None, key: str | None
) -> int:
    pursed, now = purses(customer, lock=True), clock.now()
    if entries_of(document, *SPENT):
        return _as_before(points, document)
    available = sum(purse.free for purse in pursed)
    if points > available:
        raise Refused(_("可用积分只有 %(points)s。") % {"points": available}, field="points")
    made: list[Entry] = []
    left = points
    for purse in pursed:
        if some := min(left, purse.free):
            made += _taken(purse, some, document, now, actor, first=len(made))
            left -= some
            if purse.member:
                purse.member.uses.create(
                    spender=customer, source=document[0], document=document[1], points=some, at=now
                )
    write(made)
    record(
        PointsSpent(points=points, source=document[0], document=document[1]),
        subject=Ref("customer", customer),
        customer=customer,
        store=store,
        actor=actor,
        key=key,
    )
    return points


def _taken(
    purse: Purse, points: int, document: Document, now: datetime, actor: int | None, *, first: int
) -> list[Entry]:
    """Out of one person's lots, earliest expiry first."""
    by_id = {lot.pk: lot for lot in purse.ready}
    kind = EntryKind.SHARE if purse.member else EntryKind.SPEND
    made: list[Entry] = []
    for pk, some in allocate((Open(x.pk, x.remaining, x.expires_at) for x in purse.ready), points):
        take(pk, some)
        line = first + len(made)
        made.append(entry(by_id[pk], document=document, line=line, kind=kind, points=-some, at=now, actor=actor))
    return made


def _as_before(points: int, document: Document) -> int:
    spent = -sum(row.points for row in entries_of(document, *SPENT))
    if spent != points:
        raise Refused(_("这张单据已经用过 %(points)s 积分。") % {"points": spent}, field="points")
    return spent


@transaction.atomic
def give_back(
    *,
    spent_on: Ref | str,
    document: Ref | str,
    points: int | None = None,
    actor: int | None = None,
    key: str | None = None,
) -> int:
    """Give points of a spending back to their own lots, those that expire last first; how many (None: all of them).

    `document` is what undoes the spending: told again it changes nothing. Points of a lot that has expired, or is about
    to, live on for the house rules' days, so that nobody loses points to a refund that took its time. Refused when more
    comes back than was spent.
    """
    origin, about = named(spent_on), named(document)
    spendings = entries_of(origin, *SPENT)
    lots = hold_lots(row.lot_id for row in spendings)
    if before := entries_of(about, EntryKind.GIVE_BACK):
        return sum(row.points for row in before)
    left = _left(spendings)
    wanted = sum(left.values()) if points is None else points
    if wanted > sum(left.values()) or wanted < 0:
        raise Refused(_("退回的积分超过了用掉的积分。"), field="points")
    if not wanted:
        return 0
    made = _back(spendings, left, lots, wanted, about, actor)
    write(made)
    # The spender's own points come first, if there were any.
    customer = spendings[0].customer_id
    settle({row.customer_id for row in made})
    record(
        PointsGivenBack(points=wanted, source=about[0], document=about[1]),
        subject=Ref("customer", customer),
        customer=customer,
        actor=actor,
        key=key,
    )
    return wanted


def _left(spendings: list[Entry]) -> dict[int, int]:
    """What of each spending has not come back yet, by its entry."""
    told = Entry.objects.filter(origin__in=spendings).values_list("origin").annotate(Sum("points"))
    back = dict(told)
    return {row.pk: -row.points - back.get(row.pk, 0) for row in spendings}


def _back(
    spendings: list[Entry],
    left: dict[int, int],
    lots: dict[int, Lot],
    wanted: int,
    document: Document,
    actor: int | None,
) -> list[Entry]:
    now = clock.now()
    made: list[Entry] = []
    for row in sorted(spendings, key=lambda row: (lots[row.lot_id].expires_at, row.lot_id), reverse=True):
        some = min(left[row.pk], wanted)
        if some <= 0:
            continue
        wanted -= some
        lot = lots[row.lot_id]
        put(lot.pk, some)
        _keep_alive(lot)
        made.append(
            entry(
                lot,
                document=document,
                line=len(made),
                kind=EntryKind.GIVE_BACK,
                points=some,
                at=now,
                origin=row.pk,
                actor=actor,
            )
        )
    return made


def _keep_alive(lot: Lot) -> None:
    until = clock.now() + timedelta(days=house_rules("loyalty").give_back_days)
    if lot.expires_at < until:
        lot.expires_at = month_end(until, 0, timezone.get_default_timezone())
        Lot.objects.filter(pk=lot.pk).update(expires_at=lot.expires_at)
