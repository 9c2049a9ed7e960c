"""A store's day is closed once; what is told afterwards belongs to the next one."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.places import selectors as places
from clothier.settlement.events import DayClosed
from clothier.settlement.models import BusinessDay, TillSession
from clothier.settlement.selectors.calendar import date_in
from clothier.settlement.services.figuring import figure
from clothier.staff.selectors import names_of
from clothier.standards.selectors import document

_DAY = 86_400


def _day(entry: Happening) -> BusinessDay:
    return BusinessDay.objects.get(pk=entry.subject_id)


@once(_day, DayClosed)
def close_day(*, store: int, day: date, actor: int | None, note: str = "", key: str | None = None) -> BusinessDay:
    """Close a store's business day, once all its tills are counted and closed.

    Two people closing at once: one closes, the other is told who did. Raises Refused for a day that has not come, for
    one that is closed, and while a till of it is open.
    """
    place = places.store(store)
    if place is None:
        raise Refused(_("没有找到这家店"), field="store")
    if day > date_in(place.zone_info):
        raise Refused(_("这一天还没有到"), field="date")
    with transaction.atomic():
        row, _new = BusinessDay.objects.get_or_create(store_id=store, date=day)
        # Whoever opens a till holds the same lock, so no drawer begins a day while it closes.
        held = BusinessDay.objects.select_for_update().get(pk=row.pk)
        if held.sealed_at is not None:
            raise Refused(_closed_by(held), field="date")
        _no_till_open(held)
        held.sealed_at = held.closed_at = clock.now()
        held.closed_by, held.note = actor, note.strip()[:200]
        held.save(update_fields=["sealed_at", "closed_at", "closed_by", "note"])
        figure(held)
        event = DayClosed(day_id=held.pk, date=day, agreed_seconds=_agreed())
        record(event, subject=Ref("day", held.pk), store=store, actor=actor, key=key)
        return held


def _agreed() -> int | None:
    """What was agreed beyond the promise's own one working day."""
    days = document("settlement").agreed_days
    return days * _DAY if days > 1 else None


def _closed_by(day: BusinessDay) -> str:
    who = names_of([day.closed_by]).get(day.closed_by or 0, "")
    if not who:
        return str(_("%(date)s 已经关账") % {"date": day.date})
    return str(_("%(date)s 已由%(name)s关账") % {"date": day.date, "name": who})


def _no_till_open(day: BusinessDay) -> None:
    running = TillSession.objects.filter(day=day, closed_at=None).order_by("till__code")
    names = "、".join(running.values_list("till__name", flat=True))
    if names:
        raise Refused(_("还有收银台没有清点关台：%(tills)s") % {"tills": names})
