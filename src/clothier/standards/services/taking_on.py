"""Acknowledging a promise: somebody takes it on, so the ladder stops, or starts again later."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import record_all
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.errors import Refused
from clothier.standards.events import PromiseAcknowledged
from clothier.standards.models import Acknowledgement, Promise
from clothier.standards.rules.facts import Kind
from clothier.standards.selectors.courses import Course, courses_of
from clothier.standards.selectors.promises import visible
from clothier.standards.services.storing import Outcome, note, store


def locked(viewer: Viewer, promise_id: int) -> Course:
    """The promise in hand, locked; call it inside a transaction. Raises Promise.DoesNotExist for other stores'."""
    return courses_of([visible(viewer).select_for_update().get(pk=promise_id)])[0]


@transaction.atomic
def acknowledge(*, viewer: Viewer, promise_id: int, message: str = "") -> Promise:
    """Take a promise on. Doing so twice changes nothing. Raises Refused when it is already closed."""
    if viewer.employee is None:
        raise Refused(_("只有员工可以接手"))
    course = locked(viewer, promise_id)
    promise, now = course.promise, clock.now()
    mine = {"promise": promise, "cycle": promise.cycle, "employee_id": viewer.employee}
    if Acknowledgement.objects.filter(**mine).exists():
        return promise
    if promise.closed_at is not None:
        raise Refused(_("这条承诺已经了结"))
    Acknowledgement.objects.create(**mine, note=message[:200], at=now)
    course.add(Kind.ACKNOWLEDGE, at=now, recorded_at=now, seconds=course.rule.rearm, actor=viewer.employee)
    store([Outcome(course, course.evaluate(now))], now)
    event = PromiseAcknowledged(
        promise_id=promise.pk,
        promise_key=promise.key,
        subject=str(promise.subject),
        cycle=promise.cycle,
        employee_id=viewer.employee,
    )
    record_all([note(promise, event, now)])
    return promise
