"""Many arrivals and stays in one step: from sensors, readers and systems that tell late.

The same rules as one by one, with a number of queries that does not grow with the number of facts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.selectors import subjects_by_key
from clothier.eventlog.services import record_alike
from clothier.kernel import clock, columns
from clothier.kernel.errors import Refused
from clothier.places.selectors import stores_of_zones
from clothier.visits import rules
from clothier.visits.events import VisitArrived, VisitZoneEntered
from clothier.visits.models import Stay, Step, Visit
from clothier.visits.services.arrivals import PARTY
from clothier.visits.services.facts import believed

LONGEST_STAY = 86_400
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
class ZoneStay:
    """A stay of a visit in a zone, as a sensor tells it."""

    visit: int
    zone: int
    dwell_seconds: int
    key: str
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one fact: the visit or stay; whether it had been told before; or why it was refused."""

    id: int | None
    repeated: bool = False
    refused: str = ""


class _Place(NamedTuple):
    """What a stay needs to know of its visit."""

    store_id: int
    customer_id: int | None
    left_at: datetime | None


@dataclass(slots=True)
class _Coming:
    """An arrival about to be written; its visit's id is known afterwards."""

    arrival: Arrival
    at: datetime
    id: int = 0


class _Staying(NamedTuple):
    """A stay about to be written."""

    stay: ZoneStay
    visit: _Place
    at: datetime


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


def stay_all(*, stays: Sequence[ZoneStay]) -> list[Told]:
    """Record stays in zones, an answer for each in order, as `arrive_all` does."""
    with transaction.atomic():
        known = subjects_by_key((stay.key for stay in stays), VisitZoneEntered)
        visits = _places({stay.visit for stay in stays})
        zones = stores_of_zones(stay.zone for stay in stays)
        answers = [_stayed(stay, known, visits, zones) for stay in stays]
        keys = iter(_insert_stays([answer for answer in answers if isinstance(answer, _Staying)]))
        return [Told(next(keys)) if isinstance(answer, _Staying) else answer for answer in answers]


def _open_visits(arrivals: Iterable[Arrival]) -> dict[tuple[int, int], int]:
    customers = {arrival.customer for arrival in arrivals if arrival.customer}
    rows = Visit.objects.filter(customer_id__in=customers, left_at=None).values_list("store_id", "customer_id", "pk")
    return {(store, customer): pk for store, customer, pk in rows if customer}


def _arrived(arrival: Arrival, known: dict[str, int | None], here: dict[tuple[int, int], int]) -> Told | _Coming:
    if arrival.key in known:
        return _told_before(known[arrival.key], visit=known[arrival.key])
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


def _told_before(subject: int | None, *, visit: int | None = None) -> Told:
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


def _places(visits: Collection[int]) -> dict[int, _Place]:
    found = Visit.objects.filter(pk__in=visits).values_list("pk", "store_id", "customer_id", "left_at")
    return {pk: _Place(store, customer, left) for pk, store, customer, left in found}


def _stayed(
    stay: ZoneStay, known: dict[str, int | None], visits: dict[int, _Place], zones: dict[int, int]
) -> Told | _Staying:
    if stay.key in known:
        return _told_before(known[stay.key])
    visit = visits.get(stay.visit)
    if visit is None or zones.get(stay.zone) != visit.store_id:
        return Told(None, refused=_("没有这次到店，或区位不在该门店"))
    if not 0 <= stay.dwell_seconds <= LONGEST_STAY:
        return Told(None, refused=_("停留时间应在一天以内"))
    try:
        moment = believed(stay.occurred_at)
    except Refused as refusal:
        return Told(None, refused=refusal.message)
    if visit.left_at and moment.at > visit.left_at:
        return Told(None, refused=_("这位客人当时已经离店"))
    known[stay.key] = stay.visit
    return _Staying(stay, visit, moment.at)


def _insert_stays(staying: list[_Staying]) -> Sequence[int]:
    told, count = [one.stay for one in staying], len(staying)
    visits, moments = [one.visit for one in told], [one.at for one in staying]
    stays: columns.Columns = {
        "visit_id": visits,
        "zone_id": [one.zone for one in told],
        "entered_at": moments,
        "dwell_seconds": [one.dwell_seconds for one in told],
    }
    ids = columns.insert(Stay, stays, count=count)
    record_alike(
        VisitZoneEntered,
        ({"zone_id": one.zone, "dwell_seconds": one.dwell_seconds} for one in told),
        subject_kind="visit",
        subjects=visits,
        customers=[one.visit.customer_id for one in staying],
        stores=[one.visit.store_id for one in staying],
        actors=[None] * count,
        occurred_at=moments,
        keys=[one.key for one in told],
    )
    return ids
