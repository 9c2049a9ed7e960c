from clothier.visits.models.bells import Bell, Room
from clothier.visits.models.fittings import Fitting, FittingItem
from clothier.visits.models.tasks import Task
from clothier.visits.models.visits import Need, ProposedStyle, Stay, Step, Visit

__all__ = [
    "Bell",
    "Fitting",
    "FittingItem",
    "Need",
    "ProposedStyle",
    "Room",
    "Stay",
    "Step",
    "Task",
    "Visit",
]
