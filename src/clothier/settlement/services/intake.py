"""The worker's part: a file is checked, or taken in row by row, and what it told is compared."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.kernel import clock, columns
from clothier.kernel.refs import Ref
from clothier.payments.contracts import (
    StatementKind,
    StatementRefused,
    StatementRow,
    statement_formats,
)
from clothier.settlement.events import StatementImported
from clothier.settlement.models import Statement, StatementLine
from clothier.settlement.rules.checking import Checked, check
from clothier.settlement.services.matching import match

# A process that has not been heard of for so long is gone, and its file is begun again.
HOLD = timedelta(seconds=60)
ROWS = 20_000
_STATES = Statement.State
_STEP = timedelta(days=1)


def work_once() -> int:
    """Check or take in the file that waits longest; 0 when none does."""
    now = clock.now()
    left = Q(state=_STATES.RUNNING, held_until__lte=now)
    task = Statement.objects.filter(Q(state__in=[_STATES.RECEIVED, _STATES.QUEUED]) | left).order_by("pk").first()
    if task is None:
        return 0
    if task.state == _STATES.RECEIVED:
        _check(task)
        return 1
    mine = Statement.objects.filter(pk=task.pk, state=task.state, held_until=task.held_until)
    if mine.update(state=_STATES.RUNNING, held_until=now + HOLD):
        take_in(task.pk)
    return 1


def _check(task: Statement) -> None:
    """Read everything and change nothing but what is said about the file."""
    try:
        found = check(statement_formats[task.provider].parse(task.file))
        _note(task, found)
        task.state = _STATES.FAILED if found.blank or found.cut_short else _STATES.CHECKED
        if found.blank:
            task.problem = _("文件里没有可以导入的行")
        elif found.cut_short:
            task.problem = _("行数或金额与文件末尾的合计不符，文件可能不完整，请重新下载")
    except (StatementRefused, OSError) as refused:
        task.state, task.problem = _STATES.FAILED, str(refused)[:300]
    task.save()


def _note(task: Statement, found: Checked) -> None:
    task.rows, task.refused = found.rows, found.refused
    task.refusals = [{**row._asdict(), "reason": str(row.reason)} for row in found.refusals]
    task.payments_fen, task.refunds_fen, task.fee_fen = found.payments_fen, found.refunds_fen, found.fee_fen
    task.date = task.date or found.day


def take_in(statement: int) -> Statement:
    """Every row of a file, then compare. Begun again after a crash, it starts over: nothing is there twice."""
    task = Statement.objects.get(pk=statement)
    StatementLine.objects.filter(statement=task).delete()
    done, told = 0, _rows(task)
    while rows := list(islice(told, ROWS)):
        with transaction.atomic():
            _insert(task, rows)
            done += len(rows)
            Statement.objects.filter(pk=task.pk).update(done=done, held_until=clock.now() + HOLD)
    _finish(task, done)
    assert task.date is not None
    match(first=task.date, last=task.date)
    return task


def _rows(task: Statement) -> Iterator[StatementRow]:
    return (row for row in statement_formats[task.provider].parse(task.file) if isinstance(row, StatementRow))


def _insert(task: Statement, rows: list[StatementRow]) -> None:
    told: columns.Columns = {
        "statement_id": columns.Every(task.pk),
        "line": [row.line for row in rows],
        "refund": [row.kind is StatementKind.REFUND for row in rows],
        "reference": [row.reference for row in rows],
        "provider_reference": [row.provider_reference for row in rows],
        "occurred_at": [row.occurred_at for row in rows],
        "amount_fen": [row.amount_fen for row in rows],
        "fee_fen": [row.fee_fen for row in rows],
        "currency": [row.currency for row in rows],
    }
    columns.insert(StatementLine, told, count=len(rows))


@transaction.atomic
def _finish(task: Statement, done: int) -> None:
    """From here on this file counts, and no other of its date."""
    earlier = Statement.objects.select_for_update().filter(provider=task.provider, date=task.date, current=True)
    replaced = earlier.exclude(pk=task.pk).values_list("pk", flat=True).first()
    if replaced:
        Statement.objects.filter(pk=replaced).update(current=False)
    task.state, task.current, task.done, task.finished_at = _STATES.DONE, True, done, clock.now()
    task.save(update_fields=["state", "current", "done", "finished_at"])
    assert task.date is not None
    event = StatementImported(
        statement_id=task.pk,
        provider=task.provider,
        date=task.date,
        rows=done,
        refused=task.refused,
        replaces=replaced,
    )
    record(event, subject=Ref("statement", task.pk), actor=task.received_by)
