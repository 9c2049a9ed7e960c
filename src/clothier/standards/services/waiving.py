"""Waivers: a broken promise that should not count, asked for by one person and approved by another."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import record_all
from clothier.kernel import clock
from clothier.kernel.access import Denied, Role, Viewer
from clothier.kernel.errors import Refused
from clothier.standards.events import PromiseWaived
from clothier.standards.models import Waiver
from clothier.standards.rules.facts import Kind
from clothier.standards.selectors.courses import Course
from clothier.standards.services.storing import Outcome, note, store
from clothier.standards.services.taking_on import locked


@transaction.atomic
def ask_waiver(*, viewer: Viewer, promise_id: int, reason: str) -> Waiver:
    """Ask that a broken promise not count. Raises Refused without a reason, or when it is not broken."""
    if viewer.employee is None:
        raise Refused(_("只有员工可以申请豁免"))
    if not reason.strip():
        raise Refused(_("请写明原因"), field="reason")
    promise = locked(viewer, promise_id).promise
    if promise.state != promise.State.BROKEN:
        raise Refused(_("只有未守住的承诺可以申请豁免"))
    if Waiver.objects.filter(promise=promise, cycle=promise.cycle).exclude(state=Waiver.State.REFUSED).exists():
        raise Refused(_("已经有一份豁免申请"))
    return Waiver.objects.create(
        promise=promise,
        cycle=promise.cycle,
        reason=reason.strip()[:400],
        asked_by=viewer.employee,
        asked_at=clock.now(),
    )


@transaction.atomic
def decide_waiver(*, viewer: Viewer, waiver_id: int, approve: bool) -> Waiver:
    """Approve or refuse. Raises Denied below a manager, Refused for one's own request, one decided before,
    or one that no longer fits."""
    if not viewer.may(Role.MANAGER, Role.OPERATOR) or viewer.employee is None:
        raise Denied(_("豁免由店长或运营批准"))
    waiver = Waiver.objects.get(pk=waiver_id)
    course = locked(viewer, waiver.promise_id)
    if waiver.asked_by == viewer.employee:
        raise Refused(_("不能批准自己的申请"))
    state = Waiver.State.APPROVED if approve else Waiver.State.REFUSED
    decided = {"state": state, "decided_by": viewer.employee, "decided_at": clock.now()}
    if not Waiver.objects.filter(pk=waiver.pk, state=Waiver.State.ASKED).update(**decided):
        raise Refused(_("这份申请已经处理过"))
    if approve and (course.promise.state, course.promise.cycle) != (course.promise.State.BROKEN, waiver.cycle):
        # Reopened, or corrected by a fact said late, since somebody asked: there is nothing left to waive.
        raise Refused(_("这条承诺已经变化，申请不再适用"))
    if approve:
        _apply(course, waiver, viewer.employee)
    waiver.refresh_from_db()
    return waiver


def _apply(course: Course, waiver: Waiver, actor: int) -> None:
    promise, now = course.promise, clock.now()
    course.add(Kind.WAIVE, at=now, recorded_at=now, actor=actor)
    store([Outcome(course, course.evaluate(now))], now)
    event = PromiseWaived(
        promise_id=promise.pk,
        promise_key=promise.key,
        subject=str(promise.subject),
        cycle=waiver.cycle,
        waiver_id=waiver.pk,
    )
    record_all([note(promise, event, now)])
