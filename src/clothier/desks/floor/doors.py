"""Who works on the floor and in which store; whatever is not theirs is not found."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language

from clothier.kernel import clock
from clothier.kernel.access import SYSTEM, Role, Viewer
from clothier.kernel.rows import prepared
from clothier.places.selectors import stores_for
from clothier.staff.middleware import ViewerRequest
from clothier.visits.contracts import BellView, FittingView, TaskView, VisitView
from clothier.visits.selectors import bell_view, fitting_view, task_view, visit_is_seen, visit_view

FLOOR = (Role.ASSOCIATE, Role.MANAGER, Role.OPERATOR)
CHOICE = "floor_store"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Door:
    """A store somebody may stand in."""

    id: int
    code: str
    name: str
    city: str
    zone_info: str

    def today(self) -> tuple[datetime, datetime]:
        """The store's day in its own zone: from midnight to midnight."""
        local = clock.now().astimezone(ZoneInfo(self.zone_info))
        start = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return start, start + timedelta(days=1)


def doors(viewer: Viewer) -> list[Door]:
    rows = _all() if viewer.stores is None else _of(stores=list(viewer.stores))
    return [Door(row.pk, row.code, _spoken(row), row.city, row.zone_info) for row in rows]


@prepared
def _all() -> QuerySet[Any, Any]:
    return stores_for(SYSTEM).exclude(kind="online").order_by("code")


@prepared
def _of(stores: list[int]) -> QuerySet[Any, Any]:
    return stores_for(SYSTEM).filter(pk__in=stores).exclude(kind="online").order_by("code")


def _spoken(store: Any) -> str:
    """A store's name in the reader's language."""
    english = (get_language() or "").startswith("en") and store.name_en
    return str(english or store.name)


def chosen(request: ViewerRequest, found: list[Door]) -> Door | None:
    """The store somebody stands in: the only one, or the one chosen before; None while there is a choice to make."""
    if len(found) == 1:
        return found[0]
    choice = request.session.get(CHOICE)
    return next((door for door in found if door.id == choice), None)


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
