"""Bells: a customer calls, somebody comes."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Event, Happening
from clothier.eventlog.services import once, record
from clothier.kernel.errors import Refused
from clothier.kernel.rows import fetch
from clothier.visits import rules
from clothier.visits.events import BellAnswered, BellCancelled, BellRung
from clothier.visits.models import Bell, Fitting, Room, Visit
from clothier.visits.services.facts import believed


def _bell(entry: Happening) -> Bell:
    return Bell.objects.get(pk=entry.subject_id)


@once(_bell, BellRung)
def ring_bell(
    *,
    store: int,
    source: str,
    zone: int | None = None,
    room: int | None = None,
    visit: int | None = None,
    wish: str = "",
    sku: int | None = None,
    place: str = "",
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Bell:
    """A call from a fitting room, a kiosk or a QR code. Ringing again while it rings is the same bell.

    `place` tells two bells of one source apart (a kiosk's name); a room or a visit does so by itself.
    """
    _check_ring(source, wish)
    moment = believed(occurred_at)
    bell = Bell(store_id=store, source=source, zone_id=zone, room_id=room, visit_id=visit, wish=wish, sku_id=sku)
    _locate(bell, place)
    bell.rung_at = moment.at
    if ringing := _ringing(bell):
        return _add_wish(ringing, wish, sku)
    try:
        with transaction.atomic():
            _hold_visit(bell, named=visit is not None)
            bell.save(force_insert=True)
            _tell(_rung(bell), bell, moment, None, key)
            return bell
    except IntegrityError:
        # Two presses at once: the first is the call.
        if ringing := _ringing(bell):
            return _add_wish(ringing, wish, sku)
        raise


@once(_bell, BellAnswered)
def answer_bell(*, bell: int, actor: int, occurred_at: datetime | None = None, key: str | None = None) -> Bell:
    """Somebody is on the way. Refused, naming the colleague, when another was first; answering twice is once."""
    moment = believed(occurred_at)
    with transaction.atomic():
        first = Bell.objects.filter(pk=bell, answered_at=None, cancelled_at=None).update(
            answered_at=moment.at, answered_by=actor
        )
        row = Bell.objects.select_related("answered_by").filter(pk=bell).first()
        if row is None:
            raise Refused(_("没有找到这个呼叫"))
        if not first:
            return _already(row, actor)
        if moment.at < row.rung_at:
            row.answered_at = row.rung_at
            row.save(update_fields=["answered_at"])
        event = BellAnswered(source=row.source, visit_id=row.visit_id)
        _tell(event, row, rules.Moment(row.answered_at or moment.at, moment.recorded_at), actor, key)
        return row


@once(_bell, BellCancelled)
def cancel_bell(*, bell: int, occurred_at: datetime | None = None, key: str | None = None) -> Bell:
    """The customer needs nobody any more; once answered or cancelled nothing changes."""
    moment = believed(occurred_at)
    with transaction.atomic():
        return _cancel(bell, moment, key)


def end_bells(visit: Visit, moment: rules.Moment, *, room: int | None = None) -> None:
    """Who is gone needs nobody: the visit's bells end, and that of its `room` if it was rung before anybody knew whose.

    The caller holds the visit, for which `ring_bell` waits, so no bell can slip in behind.
    """
    whose, values = "visit_id = %s", [visit.id]
    if room is not None:
        whose, values = "(visit_id = %s OR (visit_id IS NULL AND room_id = %s))", [visit.id, room]
    for bell in fetch(Bell, f"{whose} AND answered_at IS NULL AND cancelled_at IS NULL", values):
        _cancel(bell.id, moment, None)


def _cancel(bell: int, moment: rules.Moment, key: str | None) -> Bell:
    changed = Bell.objects.filter(pk=bell, answered_at=None, cancelled_at=None).update(
        cancelled_at=Greatest("rung_at", Value(moment.at, DateTimeField()))
    )
    row = Bell.objects.filter(pk=bell).first()
    if row is None:
        raise Refused(_("没有找到这个呼叫"))
    if changed:
        at = rules.Moment(row.cancelled_at or moment.at, moment.recorded_at)
        _tell(BellCancelled(source=row.source, visit_id=row.visit_id), row, at, None, key)
    return row


def _already(bell: Bell, actor: int) -> Bell:
    if bell.cancelled_at:
        raise Refused(_("客人已经取消了这个呼叫"))
    if bell.answered_by_id != actor:
        who = bell.answered_by.name if bell.answered_by else _("同事")
        raise Refused(_("%(who)s 已经去了，谢谢") % {"who": who})
    return bell


def _check_ring(source: str, wish: str) -> None:
    if source not in Bell.Source.values:
        raise Refused(_("不认识的呼叫来源"), field="source")
    if wish and wish not in Bell.Wish.values:
        raise Refused(_("请选择要换的尺码或颜色"), field="wish")


def _locate(bell: Bell, place: str) -> None:
    """Complete where the bell hangs: a room knows its zone and who is in it. Refused for another store's."""
    if bell.room_id:
        room = Room.objects.filter(pk=bell.room_id, store_id=bell.store_id).first()
        if room is None:
            raise Refused(_("这家门店没有这个试衣间"), field="room")
        bell.zone_id = bell.zone_id or room.zone_id
        in_it = Fitting.objects.filter(room=room, closed_at=None).values_list("visit_id", flat=True)
        bell.visit_id = bell.visit_id or in_it.first()
    if bell.visit_id and not Visit.objects.filter(pk=bell.visit_id, store_id=bell.store_id).exists():
        raise Refused(_("没有找到这位客人的到店记录"), field="visit")
    bell.place = place or (f"room:{bell.room_id}" if bell.room_id else f"{bell.source}:{bell.zone_id}:{bell.visit_id}")


def _hold_visit(bell: Bell, *, named: bool) -> None:
    """Hold the visit until the bell is in: a farewell at the same moment finds the bell, or the bell finds it gone."""
    if bell.visit_id is None:
        return
    row = Visit.objects.select_for_update().get(pk=bell.visit_id)
    if row.left_at and named:
        raise Refused(_("客人已经离店"))
    # Who was in the room has just gone; a room that rings now rings for the next one.
    bell.visit = None if row.left_at else row


def _ringing(bell: Bell) -> Bell | None:
    return Bell.objects.filter(store_id=bell.store_id, place=bell.place, answered_at=None, cancelled_at=None).first()


def _add_wish(bell: Bell, wish: str, sku: int | None) -> Bell:
    """Who rang and then says what for does not ring twice, but the colleague on the way should know."""
    if wish and (bell.wish, bell.sku_id) != (wish, sku):
        bell.wish, bell.sku_id = wish, sku
        bell.save(update_fields=["wish", "sku_id"])
    return bell


def _rung(bell: Bell) -> BellRung:
    return BellRung.model_validate(
        {
            "source": bell.source,
            "zone_id": bell.zone_id,
            "visit_id": bell.visit_id,
            "room_id": bell.room_id,
            "wish": bell.wish,
            "sku_id": bell.sku_id,
        }
    )


def _tell(event: Event, bell: Bell, moment: rules.Moment, actor: int | None, key: str | None) -> None:
    customer = bell.visit.customer_id if bell.visit else None
    record(event, subject=bell.ref, customer=customer, store=bell.store_id, actor=actor, occurred_at=moment.at, key=key)
