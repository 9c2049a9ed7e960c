"""A till from the float in the morning to the count in the evening."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.money import Money
from clothier.kernel.refs import Ref
from clothier.settlement.events import CashMoved, DrawerCounted, TillClosed, TillOpened
from clothier.settlement.models import BusinessDay, CashMove, DrawerCount, Till, TillSession
from clothier.settlement.rules import drawer
from clothier.settlement.selectors.calendar import open_date
from clothier.settlement.selectors.drawers import expected_in
from clothier.staff.selectors import names_of
from clothier.standards.selectors import document

# More than any drawer is given.
_MOST = 100_000_00


def _session(entry: Happening) -> TillSession:
    return TillSession.objects.get(pk=entry.subject_id)


def _move(entry: Happening) -> CashMove:
    return CashMove.objects.get(pk=entry.subject_id)


def _count(entry: Happening) -> DrawerCount:
    return DrawerCount.objects.get(pk=entry.subject_id)


def add_till(*, store: int, code: str, name: str, actor: int | None = None) -> Till:
    """A new till of a store. Raises Refused when the store has one of that code."""
    try:
        with transaction.atomic():
            return Till.objects.create(store_id=store, code=code, name=name)
    except IntegrityError:
        raise Refused(_("这家店已有编码为 %(code)s 的收银台") % {"code": code}, field="code") from None


def retire_till(*, till: int, actor: int | None = None) -> None:
    """A till that is used no more; its sessions stay. Raises Refused while one runs."""
    if TillSession.objects.filter(till=till, closed_at=None).exists():
        raise Refused(_("这台收银台还开着，请先关台"))
    Till.objects.filter(pk=till, retired_at=None).update(retired_at=clock.now())


@once(_session, TillOpened)
def open_till(*, till: int, float_fen: int, actor: int | None, key: str | None = None) -> TillSession:
    """Begin a session with this much in the drawer, on the store's first business day that is not closed yet.

    Raises Refused when the till is open already: nobody takes over a drawer that was not counted.
    """
    if not 0 <= float_fen <= _MOST:
        raise Refused(_("备用金应在 0 到 10 万元之间"), field="float")
    place = Till.objects.select_related("store").filter(pk=till, retired_at=None).first()
    if place is None:
        raise Refused(_("没有找到这台收银台"), field="till")
    try:
        with transaction.atomic():
            day = _trading_day(place)
            session = TillSession.objects.create(
                till=place, day=day, opened_at=clock.now(), opened_by=actor, float_fen=float_fen
            )
            event = TillOpened(till_id=place.pk, session_id=session.pk, day_id=day.pk, float_fen=float_fen)
            record(event, subject=Ref("till_session", session.pk), store=place.store_id, actor=actor, key=key)
            return session
    except IntegrityError:
        raise Refused(_open_already(place), field="till") from None


def _trading_day(place: Till) -> BusinessDay:
    """Locked, so that the day cannot be closed between this look and the session's first sale."""
    store = place.store
    while True:
        date = open_date(store.pk, store.zone_info)
        day, _new = BusinessDay.objects.get_or_create(store=store, date=date)
        held = BusinessDay.objects.select_for_update().get(pk=day.pk)
        if held.sealed_at is None:
            return held


def _open_already(place: Till) -> str:
    session = TillSession.objects.filter(till=place, closed_at=None).first()
    who = names_of([session.opened_by]).get(session.opened_by or 0, "") if session else ""
    if not who:
        return str(_("这台收银台已经开着"))
    return str(_("这台收银台由%(name)s开着，清点关台后才能重新开台") % {"name": who})


@once(_move, CashMoved)
def move_cash(*, session: int, fen: int, reason: str, actor: int | None, key: str | None = None) -> CashMove:
    """Cash into the drawer (above zero) or out of it beside the sales, with what for."""
    if not reason.strip():
        raise Refused(_("请写明事由"), field="reason")
    if not fen or abs(fen) > _MOST:
        raise Refused(_("金额不对"), field="amount")
    with transaction.atomic():
        held = _running(session)
        row = CashMove.objects.create(
            session=held, moved_at=clock.now(), moved_by=actor, fen=fen, reason=reason.strip()[:200]
        )
        event = CashMoved(till_id=held.till_id, session_id=held.pk, fen=fen)
        record(event, subject=Ref("cash_move", row.pk), store=held.till.store_id, actor=actor, key=key)
        return row


@once(_count, DrawerCounted)
def count_drawer(*, session: int, pieces: Mapping[int, int], actor: int | None, key: str | None = None) -> DrawerCount:
    """Note what is in the drawer, in notes and coins (denomination in fen → pieces). Every count is kept.

    Raises Refused on a count that no drawer can have.
    """
    try:
        total = drawer.total(pieces)
    except drawer.BadCount as bad:
        raise Refused(_("张数不对，请再数一遍"), field=f"pieces_{bad.denomination}") from None
    with transaction.atomic():
        held = _running(session)
        told = {str(denomination): count for denomination, count in pieces.items() if count}
        row = DrawerCount.objects.create(
            session=held, counted_at=clock.now(), counted_by=actor, pieces=told, total_fen=total
        )
        event = DrawerCounted(till_id=held.till_id, session_id=held.pk, total_fen=total)
        record(event, subject=Ref("drawer_count", row.pk), store=held.till.store_id, actor=actor, key=key)
        return row


@once(_session, TillClosed)
def close_till(*, session: int, actor: int | None, reason: str = "", key: str | None = None) -> TillSession:
    """End a session by its latest count. Raises Refused without a count, and without a reason for a difference.

    What should be in the drawer is worked out here, after the count, so nobody can count towards it.
    """
    with transaction.atomic():
        held = _running(session)
        count = held.counts.order_by("-pk").first()
        if count is None:
            raise Refused(_("请先清点抽屉里的现金"), field="count")
        held.expected_fen, held.counted_fen = expected_in(held), count.total_fen
        difference = held.counted_fen - held.expected_fen
        if abs(difference) > document("settlement").drawer_tolerance and not reason.strip():
            raise Refused(_difference(difference), field="reason")
        held.closed_at, held.closed_by, held.reason = clock.now(), actor, reason.strip()[:200]
        held.save(update_fields=["closed_at", "closed_by", "reason", "expected_fen", "counted_fen"])
        event = TillClosed(
            till_id=held.till_id,
            session_id=held.pk,
            day_id=held.day_id,
            counted_fen=count.total_fen,
            difference_fen=difference,
        )
        record(event, subject=Ref("till_session", held.pk), store=held.till.store_id, actor=actor, key=key)
        return held


def _difference(fen: int) -> str:
    amount = str(Money(abs(fen)))
    if fen < 0:
        return str(_("现金少了 %(amount)s，请写明原因，或再数一遍") % {"amount": amount})
    return str(_("现金多了 %(amount)s，请写明原因，或再数一遍") % {"amount": amount})


def _running(session: int) -> TillSession:
    """The session, locked until the transaction ends: no count and no cash slips in while it closes."""
    held = (
        TillSession.objects.select_for_update(of=("self",))
        .select_related("till")
        .filter(pk=session, closed_at=None)
        .first()
    )
    if held is None:
        raise Refused(_("这个收银班次已经结束"))
    return held
