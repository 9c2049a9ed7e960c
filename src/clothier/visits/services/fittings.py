"""Trying on: a room is opened, pieces come in, what came of each is told."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused
from clothier.visits import rules
from clothier.visits.events import FittingClosed, FittingItemBrought, FittingItemTried, FittingOpened
from clothier.visits.models import Fitting, FittingItem, Room, Visit
from clothier.visits.services.facts import believed, tell
from clothier.visits.services.taking import locked

RATINGS = range(1, 6)


def _fitting(entry: Happening) -> Fitting:
    return Fitting.objects.get(pk=entry.subject_id)


def _item(entry: Happening) -> FittingItem:
    return FittingItem.objects.get(fitting_id=entry.subject_id, sku_id=entry.payload["sku_id"])


@once(_fitting, FittingOpened)
def open_fitting(
    *,
    visit: int,
    actor: int | None,
    room: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Fitting:
    """The visitor goes to try on; the session already open is returned. Refused when the room is taken."""
    moment = believed(occurred_at)
    with transaction.atomic():
        row = locked(visit, moment)
        if already := Fitting.objects.filter(visit=row, closed_at=None).first():
            return already
        _check_room(row, room)
        fitting = _insert(row, room, moment, actor)
        tell(FittingOpened(visit_id=visit, room_id=room), row, moment, actor=actor, key=key, subject=fitting.ref)
        return fitting


@once(_item, FittingItemBrought)
def bring_item(
    *, fitting: int, sku: int, actor: int | None, occurred_at: datetime | None = None, key: str | None = None
) -> FittingItem:
    """A piece is brought to the room; bringing it again changes nothing."""
    moment = believed(occurred_at)
    with transaction.atomic():
        row = _locked(fitting)
        item, new = FittingItem.objects.get_or_create(
            fitting=row, sku_id=sku, defaults={"brought_at": moment.at, "by_id": actor}
        )
        if new:
            event = FittingItemBrought(visit_id=row.visit_id, sku_id=sku)
            tell(event, row.visit, moment, actor=actor, key=key, subject=row.ref)
        return item


@once(_item, FittingItemTried)
def try_item(
    *,
    fitting: int,
    sku: int,
    outcome: str,
    actor: int | None,
    reason: str = "",
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> FittingItem:
    """What came of a piece (kept, too small …) and where it did not fit; telling it anew corrects it.

    A piece nobody had brought counts as brought at that moment.
    """
    _check_outcome(outcome, reason)
    moment = believed(occurred_at)
    with transaction.atomic():
        row = _locked(fitting)
        item, _new = FittingItem.objects.get_or_create(
            fitting=row, sku_id=sku, defaults={"brought_at": moment.at, "by_id": actor}
        )
        if (item.outcome, item.reason) == (outcome, reason):
            return item
        item.outcome, item.reason, item.tried_at, item.by_id = outcome, reason, moment.at, actor
        item.save(update_fields=["outcome", "reason", "tried_at", "by"])
        event = FittingItemTried(visit_id=row.visit_id, sku_id=sku, outcome=outcome, reason=reason)
        tell(event, row.visit, moment, actor=actor, key=key, subject=row.ref)
        return item


@once(_fitting, FittingClosed)
def close_fitting(
    *,
    fitting: int,
    actor: int | None,
    rating: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Fitting:
    """The session is over; `rating` (1 to 5) is the customer's. Closing again changes nothing."""
    if rating is not None and rating not in RATINGS:
        raise Refused(_("评分请选 1 到 5"), field="rating")
    moment = believed(occurred_at)
    with transaction.atomic():
        row = Fitting.objects.select_for_update(of=("self",)).select_related("visit").filter(pk=fitting).first()
        if row is None:
            raise Refused(_("没有找到这次试穿"))
        return row if row.closed_at else end(row, row.visit, moment, actor=actor, rating=rating, key=key)


def end(
    fitting: Fitting,
    visit: Visit,
    moment: rules.Moment,
    *,
    actor: int | None,
    rating: int | None = None,
    key: str | None = None,
) -> Fitting:
    """Close an open session and tell of it, inside the caller's transaction."""
    fitting.closed_at, fitting.closed_by_id, fitting.rating = max(moment.at, fitting.opened_at), actor, rating
    fitting.save(update_fields=["closed_at", "closed_by", "rating"])
    counts = fitting.items.aggregate(items=Count("id"), kept=Count("id", filter=Q(outcome="kept")))
    event = FittingClosed(visit_id=visit.pk, rating=rating, **counts)
    tell(event, visit, moment, actor=actor, key=key, subject=fitting.ref)
    return fitting


def _locked(fitting: int) -> Fitting:
    row = Fitting.objects.select_for_update(of=("self",)).select_related("visit").filter(pk=fitting).first()
    if row is None:
        raise Refused(_("没有找到这次试穿"))
    return row


def _insert(visit: Visit, room: int | None, moment: rules.Moment, actor: int | None) -> Fitting:
    try:
        with transaction.atomic():
            return Fitting.objects.create(visit=visit, room_id=room, opened_at=moment.at, opened_by_id=actor)
    except IntegrityError:
        raise Refused(_("这间试衣间有人，请换一间"), field="room") from None


def _check_room(visit: Visit, room: int | None) -> None:
    if room is not None and not Room.objects.filter(pk=room, store_id=visit.store_id).exists():
        raise Refused(_("这家门店没有这个试衣间"), field="room")


def _check_outcome(outcome: str, reason: str) -> None:
    if outcome not in FittingItem.Outcome.values:
        raise Refused(_("请选择试穿结果"), field="outcome")
    if reason and reason not in FittingItem.Reason.values:
        raise Refused(_("请选择原因"), field="reason")
