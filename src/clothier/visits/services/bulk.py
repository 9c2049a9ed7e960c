"""Many arrivals in one step: from readers and systems that tell late.

The same rules as one by one, with a number of queries that does not grow with the number of facts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.selectors import subjects_by_key
from clothier.eventlog.services import record_alike
from clothier.kernel import clock, columns
from clothier.kernel.errors import Refused
from clothier.visits import rules
from clothier.visits.events import VisitArrived
from clothier.visits.models import Step, Visit
from clothier.visits.services.arrivals import PARTY
from clothier.visits.services.facts import believed

ARRIVED = rules.StepKind.ARRIVED.value
VIAS = frozenset(Visit.Via.values)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody came in, as a reader or a system tells it."""

    store: int
    via: str
    key: str
    customer: int | None = None
    party_size: int = 1
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one fact: the visit or stay; whether it had been told before; or why it was refused."""

    id: int | None
    repeated: bool = False
    refused: str = ""


@dataclass(slots=True)
class _Coming:
    """An arrival about to be written; its visit's id is known afterwards."""

    arrival: Arrival
    at: datetime
    id: int = 0


def arrive_all(*, arrivals: Sequence[Arrival]) -> list[Told]:
    """Record arrivals, an answer for each in order. Facts that cannot be are refused one by one, the rest is kept.

    Raises IntegrityError when somebody recorded one of them at the same moment: nothing is kept then, call again.
    """
    with transaction.atomic():
        known = subjects_by_key((arrival.key for arrival in arrivals), VisitArrived)
        here = _open_visits(arrivals)
        answers = [_arrived(arrival, known, here) for arrival in arrivals]
        _insert([answer for answer in answers if isinstance(answer, _Coming)])
        return [Told(answer.id) if isinstance(answer, _Coming) else answer for answer in answers]


def _open_visits(arrivals: Iterable[Arrival]) -> dict[tuple[int, int], int]:
    customers = {arrival.customer for arrival in arrivals if arrival.customer}
    rows = Visit.objects.filter(customer_id__in=customers, left_at=None).values_list("store_id", "customer_id", "pk")
    return {(store, customer): pk for store, customer, pk in rows if customer}


def _arrived(arrival: Arrival, known: dict[str, int | None], here: dict[tuple[int, int], int]) -> Told | _Coming:
    if arrival.key in known:
        return told_before(known[arrival.key], visit=known[arrival.key])
    if arrival.via not in VIAS or arrival.party_size not in PARTY:
        return Told(None, refused=_("到店方式或人数有误"))
    try:
        moment = believed(arrival.occurred_at)
    except Refused as refusal:
        return Told(None, refused=refusal.message)
    # Zero until the row is written: a second telling in the same bulk is a repetition too.
    known[arrival.key] = 0
    if arrival.customer:
        if (already := here.get((arrival.store, arrival.customer))) is not None:
            return Told(already or None, repeated=True)
        here[arrival.store, arrival.customer] = 0
    return _Coming(arrival, moment.at)


def told_before(subject: int | None, *, visit: int | None = None) -> Told:
    """What becomes of a fact whose key was used: a repetition, unless it was used for something else."""
    if subject is None:
        return Told(None, refused=_("这个操作编号已经用在别的操作上"))
    return Told(visit or None, repeated=True)


def _insert(coming: list[_Coming]) -> None:
    told, count = [one.arrival for one in coming], len(coming)
    stores, customers = [one.store for one in told], [one.customer for one in told]
    at = [one.at for one in coming]
    visits: columns.Columns = {
        "store_id": stores,
        "customer_id": customers,
        "via": [one.via for one in told],
        "party_size": [one.party_size for one in told],
        "arrived_at": at,
    }
    ids = columns.insert(Visit, visits, count=count)
    steps: columns.Columns = {
        "visit_id": ids,
        "kind": columns.Every(ARRIVED),
        "at": at,
        "recorded_at": columns.Every(clock.now()),
    }
    columns.insert(Step, steps, count=count)
    record_alike(
        VisitArrived,
        ({"via": one.via, "party_size": one.party_size} for one in told),
        subject_kind="visit",
        subjects=ids,
        customers=customers,
        stores=stores,
        actors=[None] * count,
        occurred_at=at,
        keys=[one.key for one in told],
    )
    for one, pk in zip(coming, ids, strict=True):
        one.id = pk
