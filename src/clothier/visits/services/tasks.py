"""Tasks of a store's day: raised by a scene or a person, ticked, and the tick taken back."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel.errors import Refused
from clothier.visits import rules
from clothier.visits.events import TaskDone, TaskRaised, TaskReopened
from clothier.visits.models import Task
from clothier.visits.services.facts import believed


def _task(entry: Happening) -> Task:
    return Task.objects.get(pk=entry.subject_id)


@once(_task, TaskRaised)
def raise_task(
    *,
    store: int,
    day: date,
    title: str,
    title_en: str = "",
    post: str = "",
    scene: str = "",
    code: str = "",
    due_at: datetime | None = None,
    assignee: int | None = None,
    actor: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Task:
    """Something to do in a store on a business day. A scene's task (`code`) is raised once a day."""
    if not title.strip():
        raise Refused(_("请写明要做什么"), field="title")
    moment = believed(occurred_at)
    same = Task.objects.filter(store_id=store, day=day, scene=scene, code=code)
    if code and (already := same.first()):
        return already
    try:
        with transaction.atomic():
            task = Task.objects.create(
                store_id=store,
                day=day,
                title=title.strip()[:120],
                title_en=title_en.strip()[:160],
                post=post,
                scene=scene,
                code=code,
                due_at=due_at,
                assignee_id=assignee,
                raised_at=moment.at,
            )
            _tell(TaskRaised(scene=scene, code=code), task, moment, actor, key)
            return task
    except IntegrityError:
        if code and (already := same.first()):
            return already
        raise


@once(_task, TaskDone)
def complete_task(*, task: int, actor: int, occurred_at: datetime | None = None, key: str | None = None) -> Task:
    """Tick a task. Whoever ticks second is told who did it; ticking one's own again changes nothing."""
    moment = believed(occurred_at)
    with transaction.atomic():
        first = Task.objects.filter(pk=task, done_at=None).update(done_at=moment.at, done_by=actor)
        row = _found(task)
        if first:
            _tell(TaskDone(scene=row.scene, code=row.code), row, moment, actor, key)
        elif row.done_by_id != actor:
            who = row.done_by.name if row.done_by else _("同事")
            raise Refused(_("%(who)s 已经做完了，谢谢") % {"who": who})
        return row


@once(_task, TaskReopened)
def reopen_task(*, task: int, actor: int, occurred_at: datetime | None = None, key: str | None = None) -> Task:
    """Take the tick back."""
    moment = believed(occurred_at)
    with transaction.atomic():
        changed = Task.objects.filter(pk=task, done_at__isnull=False).update(done_at=None, done_by=None)
        row = _found(task)
        if changed:
            _tell(TaskReopened(), row, moment, actor, key)
        return row


def _found(task: int) -> Task:
    row = Task.objects.select_related("done_by").filter(pk=task).first()
    if row is None:
        raise Refused(_("没有找到这个任务"))
    return row


def _tell(
    event: TaskRaised | TaskDone | TaskReopened, task: Task, moment: rules.Moment, actor: int | None, key: str | None
) -> None:
    record(event, subject=task.ref, store=task.store_id, actor=actor, occurred_at=moment.at, key=key)
