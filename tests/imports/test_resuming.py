import pytest

from clothier.checkout.models import Order, OrderLine
from clothier.imports.models import Import
from clothier.imports.selectors import reconciliation, unfinished
from clothier.imports.services import batches as batching
from clothier.imports.services import confirm, register_file, request, run, stop, work_once
from clothier.kernel.errors import Refused
from tests.imports.conftest import reasons

pytestmark = pytest.mark.django_db
# A process number no machine has: the import of a process that was killed.
DEAD = 2**22 + 1


def rows(count: int) -> list[str]:
    good = [f"{n},K1,COAT,2,2026-03-0{n % 9 + 1} 10:00,1.05,{n % 3},China" for n in range(1000, 1000 + count)]
    good[3] = good[3].replace(",2,", ",two,")
    good[count - 2] = good[count - 2].replace(",2,", ",two,")
    return good


class Killed(BaseException):
    """What kill -9 looks like from inside: nothing is caught, nothing cleaned up."""


def kill_after(batches: int):
    left = [batches]

    def listen(progress):
        left[0] -= 1
        if not left[0]:
            raise Killed

    return listen


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(batching, "ROWS", 4)


@pytest.fixture
def task(write, small_batches) -> Import:
    draft = register_file(kind="orders", path=write(*rows(22)))
    return confirm(import_id=draft.pk, columns=draft.columns, options={})


def died(task: Import) -> None:
    held = Import.objects.get(pk=task.pk)
    host, _, rest = held.holder.partition(":")
    Import.objects.filter(pk=task.pk).update(holder=f"{host}:{DEAD}:{rest}")


def test_a_killed_import_goes_on_where_it_was_and_ends_as_if_nothing_had_happened(task, write):
    with pytest.raises(Killed):
        run(import_id=task.pk, on_progress=kill_after(3))
    assert Order.objects.count() == 11
    # The batch in hand had written a refused row that its checkpoint knows nothing of.
    with task.rejected_file.open("ab") as file:
        file.write(b"999,half a row")
    died(task)
    assert unfinished(kind="orders", sha256=task.sha256).pk == task.pk
    done = run(import_id=task.pk)
    assert (done.state, Order.objects.count(), OrderLine.objects.count()) == ("finished", 20, 20)
    assert (done.read_counts().read, done.read_counts().imported, done.read_counts().rejected) == (22, 20, 2)
    assert reasons(done) == [("5", "“two”不是整数数量"), ("22", "“two”不是整数数量")]
    assert all(line.balanced for line in reconciliation(done))


def test_nobody_takes_an_import_from_a_living_process(task):
    with pytest.raises(Killed):
        run(import_id=task.pk, on_progress=kill_after(1))
    with pytest.raises(Refused):
        run(import_id=task.pk)


def test_a_batch_that_was_stopped_meanwhile_is_not_written(task):
    def stop_at_once(progress):
        stop(import_id=task.pk)

    stopped = run(import_id=task.pk, on_progress=stop_at_once)
    assert (stopped.state, stopped.read_counts().read, Order.objects.count()) == ("stopped", 4, 3)
    request(import_id=task.pk)
    assert run(import_id=task.pk).read_counts().read == 22


def test_the_worker_takes_turns_at_a_long_file(task, monkeypatch):
    monkeypatch.setattr("clothier.imports.services.runs.TURN", 0.0)
    assert work_once() == 0
    request(import_id=task.pk)
    turns = 0
    while work_once():
        turns += 1
    assert turns > 1
    assert Import.objects.get().state == "finished"
    assert Order.objects.count() == 20


def test_a_trial_reads_everything_and_writes_nothing(task):
    request(import_id=task.pk, dry=True)
    assert work_once() == 1
    tried = Import.objects.get()
    assert (tried.state, Order.objects.count()) == ("draft", 0)
    assert (tried.read_counts(trial=True).imported, tried.read_counts(trial=True).rejected) == (20, 2)
    assert len(reasons(Import(pk=task.pk, rejected_bytes=1))) == 2
    request(import_id=task.pk)
    work_once()
    assert Order.objects.count() == 20
    assert len(reasons(Import.objects.get())) == 2


def test_a_file_that_has_gone_fails_with_a_sentence_and_can_be_gone_on_with(task):
    text = task.file.read_bytes()
    task.file.unlink()
    assert run(import_id=task.pk).problem == "文件已不在原处，无法继续"
    task.file.write_bytes(text)
    assert run(import_id=task.pk).state == "finished"


def test_a_finished_import_is_not_run_again(task):
    run(import_id=task.pk)
    with pytest.raises(Refused):
        request(import_id=task.pk)
    with pytest.raises(Refused):
        run(import_id=task.pk)
