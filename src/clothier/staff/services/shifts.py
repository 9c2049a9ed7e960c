"""Shifts by hand: put on the roster, moved, taken off; each can be undone from its event."""

from datetime import UTC
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.eventlog.selectors import history
from clothier.eventlog.services import record
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.staff.contracts import ShiftChange, ShiftPlan
from clothier.staff.events import ShiftCancelled, ShiftMoved, ShiftPlanned, Stint
from clothier.staff.misfits import columns, refuse_misfit
from clothier.staff.models import Employee, Shift


class Overtaken(Refused):
    """Somebody else changed or cancelled the shift since the page was drawn."""


@transaction.atomic
def add_shift(*, shift: ShiftPlan, zone: ZoneInfo, double: bool = False, actor: int | None = None) -> ShiftChange:
    """Put one shift on the roster. `undo_shift_change` takes it back.

    `zone` is the store's time zone, for what is said of days. Raises Refused, naming the field, on a person who left
    or belongs elsewhere, on overlaps, on more than 12 hours and on a zone of another store.
    """
    _lock(shift)
    return _put(shift, zone=zone, double=double, actor=actor)


@transaction.atomic
def move_shift(
    *, shift: int, seen: ShiftPlan, to: ShiftPlan, zone: ZoneInfo, double: bool = False, actor: int | None = None
) -> ShiftChange | None:
    """Change a shift from what its editor saw. None when nothing differs.

    Raises Overtaken when it is no longer as seen, and Refused as `add_shift` does.
    """
    if to == seen:
        # Wanting what one saw is a wish too: it is only granted if that is still so.
        if not Shift.objects.filter(pk=shift, **columns(seen)).exists():
            raise Overtaken(_overtaken(shift))
        return None
    _lock(seen, to)
    refuse_misfit(to, double=double, zone=zone, but=shift)
    # Compare and swap: of two managers who saw the same shift one wins, and the other is told who.
    if not Shift.objects.filter(pk=shift, **columns(seen)).update(**columns(to)):
        raise Overtaken(_overtaken(shift))
    _refuse_foreign_zone(shift)
    return _tell(ShiftMoved(before=_stint(seen), after=_stint(to)), shift, to, actor)


@transaction.atomic
def cancel_shift(*, shift: int, seen: ShiftPlan, actor: int | None = None) -> ShiftChange | None:
    """Take a shift off the roster. None when it is off already. Raises Overtaken."""
    if not Shift.objects.filter(pk=shift, **columns(seen)).delete()[0]:
        if Shift.objects.filter(pk=shift).exists():
            raise Overtaken(_overtaken(shift))
        return None
    return _tell(ShiftCancelled(shift=_stint(seen)), shift, seen, actor)


@transaction.atomic
def undo_shift_change(
    *, store: int, shift: int, change: int, zone: ZoneInfo, actor: int | None = None
) -> ShiftPlan | None:
    """Take back one planning, move or cancellation; nothing may have come after it. Twice is once.

    What stands on the roster then; None for nothing. Raises Refused when the store had no such change, Overtaken when
    somebody changed the shift since.
    """
    entry = history(Ref("shift", shift)).filter(pk=change, store_id=store).first()
    match entry and entry.event:
        case ShiftPlanned(shift=stint):
            cancel_shift(shift=shift, seen=_plan(stint, store), actor=actor)
            return None
        case ShiftMoved(before=before, after=after):
            return _move_back(shift, _plan(before, store), _plan(after, store), zone, actor)
        case ShiftCancelled(shift=stint):
            return _restore(shift, _plan(stint, store), zone, actor)
    raise Refused(_("没有可以撤销的改动。"))


def _move_back(shift: int, before: ShiftPlan, after: ShiftPlan, zone: ZoneInfo, actor: int | None) -> ShiftPlan:
    if not Shift.objects.filter(pk=shift, **columns(before)).exists():
        move_shift(shift=shift, seen=after, to=before, zone=zone, double=True, actor=actor)
    return before


def _restore(shift: int, plan: ShiftPlan, zone: ZoneInfo, actor: int | None) -> ShiftPlan:
    """Under its old number, so that its history and the entries in people's calendars stay its own."""
    _lock(plan)
    if Shift.objects.filter(**columns(plan)).exists():
        return plan
    if Shift.objects.filter(pk=shift).exists():
        raise Overtaken(_overtaken(shift))
    _put(plan, zone=zone, double=True, actor=actor, number=shift)
    return plan


def _put(plan: ShiftPlan, *, zone: ZoneInfo, double: bool, actor: int | None, number: int | None = None) -> ShiftChange:
    refuse_misfit(plan, double=double, zone=zone)
    row = Shift.objects.create(pk=number, **columns(plan))
    _refuse_foreign_zone(row.pk)
    return _tell(ShiftPlanned(shift=_stint(plan)), row.pk, plan, actor)


def _lock(*plans: ShiftPlan) -> None:
    """Hold the people, so that a second planner cannot give one of them an overlapping shift meanwhile."""
    people = Employee.objects.select_for_update().filter(pk__in={plan.employee_id for plan in plans})
    list(people.order_by("pk").values_list("pk"))


def _refuse_foreign_zone(shift: int) -> None:
    # Asked of the written row inside the transaction, so a refusal takes the row back with it.
    if Shift.objects.filter(pk=shift, zone__isnull=False).exclude(zone__store=F("store")).exists():
        raise Refused(_("这个区位属于另一家门店。"), field="zone")


def _last_editor(shift: int) -> str:
    """The name of whoever changed a shift last; empty when nobody is known."""
    actor = history(Ref("shift", shift)).values_list("actor_id", flat=True).last() or 0
    return Employee.objects.filter(pk=actor).values_list("name", flat=True).first() or ""


def _overtaken(shift: int) -> str:
    facts = {"name": _last_editor(shift) or _("另一位同事")}
    if Shift.objects.filter(pk=shift).exists():
        return _("%(name)s 刚刚改过这个班次，您看到的已不是最新。没有保存，请核对后再提交。") % facts
    return _("%(name)s 刚刚取消了这个班次，没有保存。") % facts


def _stint(plan: ShiftPlan) -> Stint:
    return Stint(
        employee_id=plan.employee_id,
        post=plan.post,
        starts_at=plan.starts_at.astimezone(UTC),
        ends_at=plan.ends_at.astimezone(UTC),
        zone_id=plan.zone_id,
    )


def _plan(stint: Stint, store: int) -> ShiftPlan:
    return ShiftPlan(store_id=store, **stint.model_dump())


def _tell(
    event: ShiftPlanned | ShiftMoved | ShiftCancelled, shift: int, plan: ShiftPlan, actor: int | None
) -> ShiftChange:
    entry = record(event, subject=Ref("shift", shift), store=plan.store_id, actor=actor)
    return ShiftChange(shift, entry.pk)
