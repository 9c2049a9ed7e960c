"""Which visits are the simulation's own, so that it never touches anybody else's."""

from collections.abc import Collection

from django.db import IntegrityError, transaction

from clothier.eventlog.selectors import history
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.kernel.refs import Ref
from clothier.simulation.models import Visitor
from clothier.visits.selectors import here


def came(visit: int) -> bool:
    """Take a visit as ours; False when it is already somebody's: ours from before, or met again."""
    try:
        with transaction.atomic():
            Visitor.objects.create(visit_id=visit, came_at=clock.now())
    except IntegrityError:
        return False
    return True


def went(visit: int) -> None:
    """The visit is over, or a person has taken it over: it is no longer ours."""
    Visitor.objects.filter(visit_id=visit, went_at=None).update(went_at=clock.now())


def left_behind(*, store: int) -> list[int]:
    """Visits in a store that an earlier run of the simulation began and never ended, first come first."""
    ours = set(Visitor.objects.filter(went_at=None).values_list("visit_id", flat=True))
    return [visit.id for visit in here(SYSTEM, store=store) if visit.id in ours]


def touched(visit: int, humans: Collection[int]) -> bool:
    """Whether one of these people has done anything in the visit."""
    return bool(humans) and history(Ref("visit", visit)).filter(actor_id__in=humans).exists()
