"""Who works on which import: queued, taken, stopped; one process at a time, and a dead one's work is taken over."""

import os
import socket
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.imports.events import ImportRequested
from clothier.imports.models import Import
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

HOLD = timedelta(seconds=60)
_STATES = Import.State
_OVER = (_STATES.FINISHED, _STATES.UNDOING, _STATES.UNDONE)


@transaction.atomic
def request(*, import_id: int, actor: int | None = None, dry: bool = False, here: bool = False) -> Import:
    """Queue a confirmed import, or one that was stopped or failed, for the worker. Twice is once.

    `here`: the caller runs it itself, at once, so the worker is not to see it.
    """
    task = Import.objects.select_for_update().get(pk=import_id)
    if task.state in (_STATES.QUEUED, _STATES.RUNNING):
        return task
    if task.state in _OVER:
        raise Refused(_("这次导入已经完成"))
    if task.state == _STATES.DRAFT or task.dry:
        # A draft, or a trial that broke off: what the trial counted is not what the import will have done.
        task.counts, task.rejected_bytes, task.share, task.started_at = {}, 0, 0.0, None
    task.state = _STATES.STOPPED if here else _STATES.QUEUED
    task.dry, task.problem, task.finished_at = dry, "", None
    task.save(
        update_fields=["state", "dry", "problem", "counts", "rejected_bytes", "share", "started_at", "finished_at"]
    )
    record(ImportRequested(import_id=task.pk, kind=task.kind, dry=dry), subject=Ref("import", task.pk), actor=actor)
    return task


def stop(*, import_id: int) -> None:
    """Pause a queued or running import after its present batch; what is in stays in. Twice is once."""
    Import.objects.filter(pk=import_id, state__in=[_STATES.QUEUED, _STATES.RUNNING]).update(
        state=_STATES.STOPPED, holder="", held_until=None, finished_at=clock.now()
    )


def take(import_id: int) -> Import:
    """Make an import this process's. Raises Refused when it is finished or a living process is at it."""
    _let_go_of_the_dead(import_id)
    now = clock.now()
    free = Import.objects.filter(pk=import_id).exclude(state__in=_OVER)
    holder = f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid4().hex[:12]}"
    mine = free.filter(~Q(state=_STATES.RUNNING) | Q(held_until=None) | Q(held_until__lte=now)).update(
        state=_STATES.RUNNING, holder=holder, held_until=now + HOLD, problem="", finished_at=None
    )
    if not mine:
        raise Refused(_("这次导入已经完成，或正在别处进行"))
    Import.objects.filter(pk=import_id, started_at=None).update(started_at=now)
    return Import.objects.get(pk=import_id)


def release(task: Import) -> None:
    """Put an import back in the queue, to be gone on with at its checkpoint."""
    Import.objects.filter(pk=task.pk, holder=task.holder, state=_STATES.RUNNING).update(
        state=_STATES.QUEUED, holder="", held_until=None
    )


def next_waiting() -> int | None:
    """The import that waits longest: queued, or left by a process that has not been heard of."""
    for task in Import.objects.filter(state=_STATES.RUNNING, held_until__gt=clock.now()):
        _let_go_of_the_dead(task.pk)
    left = Q(state=_STATES.RUNNING) & (Q(held_until=None) | Q(held_until__lte=clock.now()))
    return (
        Import.objects.filter(Q(state__in=[_STATES.QUEUED, _STATES.UNDOING]) | left)
        .order_by("id")
        .values_list("pk", flat=True)
        .first()
    )


def _let_go_of_the_dead(import_id: int) -> None:
    """A process of this machine that is gone holds nothing, whatever its lease says."""
    task = Import.objects.filter(pk=import_id, state=_STATES.RUNNING).first()
    if task and not _lives(task.holder):
        Import.objects.filter(pk=import_id, holder=task.holder).update(held_until=None)


def _lives(holder: str) -> bool:
    host, _colon, rest = holder.partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname()[:60] or not number.isdecimal():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
