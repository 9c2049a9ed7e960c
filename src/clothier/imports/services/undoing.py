"""Taking a finished import back: step by step, each in one transaction, so that a kill loses nothing.

Orders and customers can be taken back, because the house knows which the file brought. What has a history of its own by
now stays, and is counted with the reason. Catalogues and staff lists overwrite what was there and past visits carry no
number of their import: those cannot be taken back at all, and the verb says so.
"""

import time
from dataclasses import asdict
from itertools import count

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.checkout.contracts import WITHDRAWN
from clothier.checkout.selectors import buyers_among
from clothier.checkout.services import withdraw_orders
from clothier.customers.services import withdraw_records
from clothier.eventlog.services import record
from clothier.imports.contracts import UNDOABLE, TakenBack
from clothier.imports.events import ImportUndone, ImportUndoRequested
from clothier.imports.models import Import
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

# Orders or customers of one step: the database is held for a moment only.
STEP = 1_000
_STATES = Import.State


def request_undo(*, import_id: int, actor: int | None = None) -> Import:
    """Queue an import to be taken back by the worker. Twice is once.

    Refused for kinds that cannot be taken back, and while the import runs or has brought nothing yet.
    """
    with transaction.atomic():
        task = Import.objects.select_for_update().get(pk=import_id)
        if task.state in (_STATES.UNDOING, _STATES.UNDONE):
            return task
        if task.kind not in UNDOABLE:
            raise Refused(
                _("商品和员工的导入会改写原有资料，到店记录不带导入编号，因此都不能整批撤销；请更正后再导入。")
            )
        if task.state not in (_STATES.FINISHED, _STATES.STOPPED, _STATES.FAILED) or task.started_at is None:
            raise Refused(_("这次导入还没有完成，请先暂停。"))
        task.state, task.undone_by = _STATES.UNDOING, actor
        task.save(update_fields=["state", "undone_by"])
        asked = ImportUndoRequested(import_id=task.pk, kind=task.kind)
        record(asked, subject=Ref("import", task.pk), actor=actor)
    return task


def undo(*, import_id: int, actor: int | None = None, seconds: float | None = None) -> Import:
    """Take an import back, in this process; with `seconds` for about that long, to be gone on with later.

    Broken off anywhere, it goes on where it was.
    """
    request_undo(import_id=import_id, actor=actor)
    began = time.monotonic()
    for _step in count():
        if not _take_back(import_id) or (seconds is not None and time.monotonic() - began > seconds):
            break
    return Import.objects.get(pk=import_id)


@transaction.atomic
def _take_back(import_id: int) -> bool:
    """One step; whether there may be another. The import's row is locked, so two workers take turns."""
    task = Import.objects.select_for_update().get(pk=import_id)
    if task.state != _STATES.UNDOING:
        return False
    done = task.read_taken_back()
    more = _orders(task, done) or _customers(task, done)
    task.taken_back = asdict(done)
    if not more:
        _finish(task, done)
    task.save(update_fields=["taken_back", "state", "undone_at"])
    return more


def _orders(task: Import, done: TakenBack) -> bool:
    gone = withdraw_orders(batch=task.pk, after=done.after_order, limit=STEP, actor=task.undone_by)
    done.orders += gone.orders
    done.lines += gone.lines
    done.stays("returned", gone.returned)
    done.after_order = gone.last or done.after_order
    return gone.last is not None


def _customers(task: Import, done: TakenBack) -> bool:
    brought = task.brought.filter(pk__gt=done.after_customer).order_by("pk")
    rows = list(brought.values_list("pk", "customer_id")[:STEP])
    if not rows:
        return False
    records = [customer for _pk, customer in rows]
    held = withdraw_records(
        records=records, import_id=task.pk, buyers=buyers_among(records), aside=WITHDRAWN, actor=task.undone_by
    )
    done.customers += len(records) - len(held)
    for reason in held.values():
        done.stays(reason.value)
    done.after_customer = rows[-1][0]
    return True


def _finish(task: Import, done: TakenBack) -> None:
    task.state, task.undone_at = _STATES.UNDONE, clock.now()
    told = ImportUndone(
        import_id=task.pk,
        kind=task.kind,
        orders=done.orders,
        lines=done.lines,
        customers=done.customers,
        stayed=sum(done.stayed.values()),
    )
    record(told, subject=Ref("import", task.pk), actor=task.undone_by)
