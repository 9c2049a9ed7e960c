"""Running an import: batch by batch, each with its checkpoint in one transaction, so that a kill loses nothing."""

import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain, islice
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.imports.contracts import MOST_TOLD, Counts, FileRefused, Plainly, Progress, Rejection
from clothier.imports.events import ImportFinished
from clothier.imports.kinds.base import Context, Fate, Loader, Unit
from clothier.imports.kinds.registry import loader_of
from clothier.imports.models import Import
from clothier.imports.rules.rejected import written
from clothier.imports.services.batches import Batch, batches
from clothier.imports.services.queue import HOLD, next_waiting, release, take
from clothier.imports.services.undoing import undo
from clothier.imports.sources import files
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

# Seconds of a worker's turn at a long file: a worker told to stop is given little longer than this.
TURN = 5.0
Listener = Callable[[Progress], None]


class TakenAway(Exception):
    """Somebody stopped the import, or another process took it over: what this one had in hand is not written."""


def run(*, import_id: int, on_progress: Listener | None = None, seconds: float | None = None) -> Import:
    """Take a confirmed import from its checkpoint to its end, in this process. Returns it finished, stopped or failed.

    A process that dies leaves it at the last batch; running it again goes on from there. With `seconds` it is put back
    in the queue after about that long. Raises Refused when another process is at it.
    """
    task = take(import_id)
    holder = task.holder
    with translation.override(task.language or None), _little_to_collect():
        try:
            _Run(task, on_progress, seconds).go()
        except TakenAway:
            pass
        except FileRefused as refusal:
            _fail(import_id, holder, _(refusal.message) % refusal.places)
        except OSError:
            _fail(import_id, holder, _("文件已不在原处，无法继续"))
        except Exception:
            _fail(import_id, holder, _("程序出错，进度已保留；修复后可以继续"))
            raise
    return Import.objects.get(pk=import_id)


@contextmanager
def _little_to_collect() -> Iterator[None]:
    """What was there before is not looked through for garbage again and again: that was a sixth of an import's time."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def work_once() -> int:
    """Give the import that waits longest a turn; how many there were. For the worker's loop."""
    waiting = next_waiting()
    if waiting is None:
        return 0
    try:
        if Import.objects.filter(pk=waiting, state=Import.State.UNDOING).exists():
            undo(import_id=waiting, seconds=TURN)
        else:
            run(import_id=waiting, seconds=TURN)
    except Refused:
        # Another worker was quicker.
        return 0
    return 1


def _fail(import_id: int, holder: str, problem: str) -> None:
    Import.objects.filter(pk=import_id, holder=holder).update(
        state=Import.State.FAILED, problem=problem[:500], held_until=None, finished_at=clock.now()
    )


class _Run:
    def __init__(self, task: Import, on_progress: Listener | None, seconds: float | None) -> None:
        self.task, self.on_progress, self.seconds = task, on_progress, seconds
        self.counts: Counts = task.read_counts()
        self.width = len(task.header)
        self.loader: Loader[Any] = loader_of(task.kind)(
            task.plan(), Context(batch=task.pk, actor=task.actor_id, width=self.width)
        )

    def go(self) -> None:
        began = time.monotonic()
        source = files.reader(self.task.file, self.task.read_dialect())
        try:
            rows = files.rows(source, self.task.read_dialect())
            # Counting rows again is the whole of resuming: the checkpoint never lies inside a batch.
            rest = batches(islice(rows, self.counts.read, None), self.loader, self.width)
            first = next(rest, None)
            # Getting back to where we were may take a while; a turn is long enough to be worth it.
            enough = None if self.seconds is None else began + max(self.seconds, 5 * (time.monotonic() - began))
            for batch in chain([first] if first else [], rest):
                self._take_in(batch, source.share)
                if enough and time.monotonic() > enough:
                    return release(self.task)
        finally:
            source.close()
        return self._finish()

    def _take_in(self, batch: Batch, share: float) -> None:
        """Save a batch and move the checkpoint, both or neither."""
        before = self.counts
        try:
            with transaction.atomic():
                counts = self.task.read_counts()
                rejected = self._settle(batch, counts)
                size = self._keep(rejected)
                if self.task.dry:
                    transaction.set_rollback(True)
                else:
                    self._checkpoint(counts, size, share)
            if self.task.dry:
                self.loader.forget()
                self._checkpoint(counts, size, share)
        except BaseException:
            self.counts = before
            self.loader.forget()
            raise
        self.counts = counts
        self.task.counts, self.task.rejected_bytes = asdict(counts), size
        if self.on_progress:
            self.on_progress(Progress(share, counts))

    def _settle(self, batch: Batch, counts: Counts) -> list[Rejection]:
        rejected: list[Rejection] = []
        for refusals, sums in batch.refused:
            _count(counts, "rejected", len(refusals), sums)
            rejected += refusals
        for unit, fate in zip(batch.units, self._save(batch.units, counts), strict=True):
            if isinstance(fate, Fate):
                _count(counts, fate.value, len(unit.rows), unit.sums)
            else:
                _count(counts, "rejected", len(unit.rows), unit.sums)
                rejected += [Rejection(row, fate) for row in unit.rows]
        counts.read += batch.rows
        if self.task.dry:
            made = [(unit.rows[0].line, *unit.made) for unit in batch.units if unit.made]
            counts.made += made[: MOST_TOLD - len(counts.made)]
        return sorted(rejected, key=lambda rejection: rejection.row.line)

    def _save(self, units: Sequence[Unit[Any]], counts: Counts) -> list[Fate | Plainly]:
        """Save units together; when they do not go in together, find the culprit by halves."""
        if not units:
            return []
        remarks = dict(counts.remarks)
        try:
            with transaction.atomic():
                return self.loader.save(units, counts)
        except (Refused, DatabaseError) as refusal:
            self.loader.forget()
            counts.remarks = remarks
            if len(units) == 1:
                return [_plainly(refusal)]
        middle = len(units) // 2
        return self._save(units[:middle], counts) + self._save(units[middle:], counts)

    def _keep(self, rejected: list[Rejection]) -> int:
        """Append the refused rows to their file, cut back first to what the checkpoint knows of."""
        if not rejected:
            return self.task.rejected_bytes
        path, size = self.task.rejected_file, self.task.rejected_bytes
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [[str(r.row.line), _said(r.reason), *r.row.cells[: self.width]] for r in rejected]
        with path.open("r+b" if path.exists() else "w+b") as file:
            file.truncate(size)
            file.seek(size)
            if not size:
                file.write(b"\xef\xbb\xbf" + written([[_("行号"), _("原因"), *self.task.header]]))
            file.write(written(rows))
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    def _checkpoint(self, counts: Counts, size: int, share: float) -> None:
        mine = Import.objects.filter(pk=self.task.pk, holder=self.task.holder, state=Import.State.RUNNING).update(
            counts=asdict(counts), rejected_bytes=size, share=min(share, 1.0), held_until=clock.now() + HOLD
        )
        if not mine:
            raise TakenAway

    @transaction.atomic
    def _finish(self) -> None:
        task, states = self.task, Import.State
        done = {"trial": task.counts, "counts": {}} if task.dry else {}
        mine = Import.objects.filter(pk=task.pk, holder=task.holder, state=states.RUNNING).update(
            state=states.DRAFT if task.dry else states.FINISHED,
            share=1.0,
            finished_at=clock.now(),
            held_until=None,
            holder="",
            **done,
        )
        if not mine:
            raise TakenAway
        if not task.dry:
            record(_finished(task, self.counts), subject=Ref("import", task.pk), actor=task.actor_id)


def _finished(task: Import, counts: Counts) -> ImportFinished:
    return ImportFinished(
        import_id=task.pk,
        kind=task.kind,
        imported=counts.imported,
        already=counts.already,
        rejected=counts.rejected,
    )


def _count(counts: Counts, fate: str, rows: int, sums: Sequence[tuple[str, int, int]]) -> None:
    setattr(counts, fate, getattr(counts, fate) + rows)
    for sort, lines, micros in sums:
        counts.tally(sort, fate, lines, micros)


def _said(reason: Plainly) -> str:
    """In the language of the run; a column is named by its title, which is translated too, cells never are."""
    places = {name: _(str(what)) if name == "column" else what for name, what in reason.places.items()}
    return _(reason.message) % places if places else _(reason.message)


def _plainly(refusal: Exception) -> Plainly:
    if isinstance(refusal, Refused):
        return Plainly("%(text)s", text=refusal.message)
    return Plainly(_("数据库不接受这些内容"))
