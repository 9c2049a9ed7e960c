"""Last week's roster, copied to this week."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.selectors import history, told_of
from clothier.eventlog.services import record
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.staff.contracts import CopyUndone, WeekCopied
from clothier.staff.copies import WEEK, plan_copy, week_of
from clothier.staff.events import RosterCopied, RosterCopyUndone, ShiftMoved
from clothier.staff.misfits import columns
from clothier.staff.models import Employee, Shift


@transaction.atomic
def copy_roster(*, store: int, monday: date, zone: ZoneInfo, actor: int | None = None) -> WeekCopied | None:
    """Copy the week before to the week that starts on `monday`, at the same wall-clock times.

    What is there stays, what no longer fits is left out. None when there was nothing new.
    """
    # The people are held, so that two managers who copy at once copy once.
    since, until = week_of(monday - WEEK, zone)
    working = Shift.objects.filter(store=store, starts_at__gte=since, starts_at__lt=until).values("employee")
    list(Employee.objects.select_for_update().filter(pk__in=working).order_by("pk").values_list("pk"))
    new = plan_copy(store=store, monday=monday, zone=zone).new
    if not new:
        return None
    rows = Shift.objects.bulk_create([Shift(**columns(plan)) for plan in new], batch_size=500)
    event = RosterCopied(monday=monday, shift_ids=tuple(row.pk for row in rows))
    entry = record(event, subject=Ref("store", store), store=store, actor=actor)
    return WeekCopied(len(rows), entry.pk)


@transaction.atomic
def undo_copy(*, store: int, change: int, actor: int | None = None) -> CopyUndone:
    """Take the copied shifts off again; those moved since by hand stay. Twice is once. Raises Refused on no copy."""
    entry = history(Ref("store", store)).filter(pk=change, type=RosterCopied.type).first()
    if entry is None:
        raise Refused(_("没有可以撤销的复制。"))
    copied = entry.event
    assert isinstance(copied, RosterCopied)
    going = _untouched(store, copied.shift_ids)
    Shift.objects.filter(pk__in=going).delete()
    if going:
        event = RosterCopyUndone(monday=copied.monday, shift_ids=tuple(going))
        record(event, subject=Ref("store", store), store=store, actor=actor)
    return CopyUndone(len(going), copied.monday)


def _untouched(store: int, shifts: Sequence[int]) -> list[int]:
    moved = told_of("shift", shifts, ShiftMoved.type)
    there = Shift.objects.filter(store=store, pk__in=shifts).order_by("pk").values_list("pk", flat=True)
    return [pk for pk in there if pk not in moved]
