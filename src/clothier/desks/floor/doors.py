"""Who works on the floor and in which store; whatever is not theirs is not found."""

from typing import TypeVar

from django.http import Http404

from clothier.kernel.access import Role, Viewer
from clothier.visits.contracts import BellView, FittingView, TaskView, VisitView
from clothier.visits.selectors import bell_view, fitting_view, task_view, visit_is_seen, visit_view

FLOOR = (Role.ASSOCIATE, Role.MANAGER, Role.OPERATOR)
T = TypeVar("T")


def visit_of(viewer: Viewer, visit: int) -> VisitView:
    return _found(visit_view(viewer, visit))


def seen(viewer: Viewer, visit: int) -> int:
    """The visit's number, for a tap that needs to know no more of it than that it is theirs."""
    if not visit_is_seen(viewer, visit):
        raise Http404
    return visit


def fitting_of(viewer: Viewer, fitting: int) -> FittingView:
    return _found(fitting_view(viewer, fitting))


def bell_of(viewer: Viewer, bell: int) -> BellView:
    return _found(bell_view(viewer, bell))


def task_of(viewer: Viewer, task: int) -> TaskView:
    return _found(task_view(viewer, task))


def _found(thing: T | None) -> T:
    if thing is None:
        raise Http404
    return thing
