"""The day's tasks: written, ticked, and the tick taken back."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.desks.floor.doors import FLOOR, task_of
from clothier.desks.floor.forms import TaskForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.doors import chosen, doors
from clothier.desks.shell.facts import fact
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest
from clothier.visits import services


@signed_in(*FLOOR)
@require_POST
def task(request: ViewerRequest) -> HttpResponse:
    """Somebody writes down what has to be done today."""
    door = chosen(request, doors(request.viewer))
    form = TaskForm(request.POST)
    if door is None or not form.is_valid():
        raise Refused(_("请写明要做什么"), field="title")
    start, _end = door.today()
    services.raise_task(store=door.id, day=start.date(), title=form.cleaned_data["title"], **fact(request))
    toast(request, _("任务已添加"))
    return back(request, reverse("floor:queue"))


@signed_in(*FLOOR)
@require_POST
def completion(request: ViewerRequest, task: int) -> HttpResponse:
    services.complete_task(task=task_of(request.viewer, task).id, **fact(request))
    toast(request, _("做完了"), undo=reverse("floor:reopening", args=[task]))
    return back(request, reverse("floor:queue"))


@signed_in(*FLOOR)
@require_POST
def reopening(request: ViewerRequest, task: int) -> HttpResponse:
    services.reopen_task(task=task_of(request.viewer, task).id, **fact(request))
    toast(request, _("已撤销"))
    return back(request, reverse("floor:queue"))
