"""Waiting for somebody, with a reason; and going on."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import AT_WORK, State, WaitingFor
from clothier.cases.events import CaseResumed, CaseWaiting
from clothier.cases.models import Case, Waiting
from clothier.cases.services.rows import held, move, told, words
from clothier.eventlog.services import once
from clothier.kernel import clock
from clothier.kernel.errors import Refused


@once(told, CaseWaiting)
@transaction.atomic
def wait(*, case: int, waiting_for: WaitingFor | str, reason: str, actor: int | None, key: str | None = None) -> Case:
    """Wait for somebody, and say why. Clocks stand still only as long as the house rules allow."""
    row = held(case, AT_WORK)
    if waiting_for not in list(WaitingFor):
        raise Refused(_("请选择等谁"), field="waiting_for")
    clean = words(reason, field="reason")
    if ended(row):
        # What we waited for before is over: its pause ends, and the new one begins.
        move(row, CaseResumed(), actor=actor)
    Waiting.objects.create(case=row, waiting_for=waiting_for, sealed=row.seal(clean), since=clock.now(), actor_id=actor)
    return move(row, CaseWaiting(waiting_for=str(waiting_for)), actor=actor, key=key)


@once(told, CaseResumed)
@transaction.atomic
def resume(*, case: int, actor: int | None, key: str | None = None) -> Case:
    """What we waited for is there. Going on with a case that does not wait changes nothing."""
    row = held(case, AT_WORK)
    ended(row)
    return move(row, CaseResumed(), actor=actor, key=key) if row.state == State.WAITING else row


def heard(row: Case) -> bool:
    """The customer said something: whether that ends the waiting, as it does where we waited for them."""
    if row.state == State.WAITING and row.waiting_for != WaitingFor.CUSTOMER:
        return False
    ended(row)
    return True


def ended(row: Case) -> bool:
    """Whether there was a stretch of waiting to end now."""
    return bool(Waiting.objects.filter(case=row, until=None).update(until=clock.now()))
