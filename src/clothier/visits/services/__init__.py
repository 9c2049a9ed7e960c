"""The verbs of a visit. `actor` is an employee's id, `occurred_at` when it really happened (a phone may tell it late),
`key` the idempotency key: the same key twice gives the first outcome. All raise Refused with a sentence for people."""

from clothier.visits.services.arrivals import arrive, identify
from clothier.visits.services.bells import answer_bell, cancel_bell, ring_bell
from clothier.visits.services.checkins import check_in, customer_by
from clothier.visits.services.departures import leave, see_off
from clothier.visits.services.fittings import bring_item, close_fitting, open_fitting, try_item
from clothier.visits.services.past import record_past
from clothier.visits.services.preparing import prepare, prepare_all
from clothier.visits.services.stays import enter_zone
from clothier.visits.services.steps import approach, greet, offer_aid, propose, record_need, stop
from clothier.visits.services.tasks import complete_task, raise_task, reopen_task
from clothier.visits.services.undoing import undo

__all__ = [
    "answer_bell",
    "approach",
    "arrive",
    "bring_item",
    "cancel_bell",
    "check_in",
    "close_fitting",
    "complete_task",
    "customer_by",
    "enter_zone",
    "greet",
    "identify",
    "leave",
    "offer_aid",
    "open_fitting",
    "prepare",
    "prepare_all",
    "propose",
    "raise_task",
    "record_need",
    "record_past",
    "reopen_task",
    "ring_bell",
    "see_off",
    "stop",
    "try_item",
    "undo",
]
