"""Visits of which nothing is known but when they were and how they ended."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import History
from clothier.eventlog.history import record_history
from clothier.kernel import clock, columns
from clothier.kernel.errors import Refused
from clothier.visits.contracts import PastVisits
from clothier.visits.events import VisitRecorded
from clothier.visits.models import Visit
from clothier.visits.services.past import OUTCOMES


@transaction.atomic
def load_visits(visits: PastVisits) -> range:
    """What `record_past` does, for whoever has the tables to himself; the ids. Raises Refused as it does."""
    ids = insert_visits(visits)
    stays = zip(visits.outcomes, (visits.left - visits.arrived).tolist(), strict=True)
    payloads = [f'{{"outcome": "{outcome}", "seconds": {seconds}}}' for outcome, seconds in stays]
    record_history(History(VisitRecorded, "visit", ids, visits.customers, visits.stores, visits.arrived, payloads))
    return ids


def insert_visits(visits: PastVisits) -> range:
    """The rows alone; the caller tells of them."""
    _check(visits)
    count = len(visits.arrived)
    ids = columns.claim(Visit, count)
    told: columns.Columns = {
        "id": ids,
        "store_id": visits.stores,
        "customer_id": visits.customers,
        "via": visits.vias,
        "party_size": visits.parties,
        "arrived_at": visits.arrived,
        "left_at": visits.left,
        "outcome": visits.outcomes,
    }
    columns.insert(Visit, told, count=count)
    return ids


def _check(visits: PastVisits) -> None:
    if not (visits.arrived <= visits.left).all() or visits.left.max(initial=0) > clock.now().timestamp():
        raise Refused(_("补录的到店必须已经结束"), field="left_at")
    if not set(visits.outcomes) <= set(OUTCOMES) or not set(visits.vias) <= set(Visit.Via.values):
        raise Refused(_("请选择客人是否购买"), field="outcome")
