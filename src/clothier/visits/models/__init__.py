from clothier.visits.models.activities import Activity
from clothier.visits.models.bells import Bell, Room
from clothier.visits.models.fittings import Fitting, FittingItem
from clothier.visits.models.tasks import Task
from clothier.visits.models.visits import Appointment, Need, ProposedStyle, Stay, Step, Visit

__all__ = [
    "Activity",
    "Appointment",
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
