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
from clothier.eventlog.services import Note, record_all
from clothier.kernel import clock, rows
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
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


def arrive_all(*, arrivals: Sequence[Arrival]) -> list[Told]:
    """Record arrivals, an answer for each in order. Facts that cannot be are refused one by one, the rest is kept.

    Raises IntegrityError when somebody recorded one of them at the same moment: nothing is kept then, call again.
    """
    with transaction.atomic():
        known = subjects_by_key(arrival.key for arrival in arrivals)
        here = _open_visits(arrivals)
        answers: list[Told | Visit] = []
        fresh: list[tuple[Visit, Arrival]] = []
        for arrival in arrivals:
            answer = _arrived(arrival, known, here)
            answers.append(answer)
            if isinstance(answer, Visit):
                fresh.append((answer, arrival))
        _insert(fresh)
        return [Told(answer.pk) if isinstance(answer, Visit) else answer for answer in answers]


def stay_all(*, stays: Sequence[ZoneStay]) -> list[Told]:
    """Record stays in zones, an answer for each in order, as `arrive_all` does."""
    with transaction.atomic():
        known = subjects_by_key(stay.key for stay in stays)
        visits = _places({stay.visit for stay in stays})
        zones = stores_of_zones(stay.zone for stay in stays)
        answers: list[Told | Stay] = []
        notes: list[Note] = []
        for stay in stays:
            answer = _stayed(stay, known, visits, zones)
            answers.append(answer)
            if isinstance(answer, Stay):
                known[stay.key] = stay.visit
                notes.append(_stay_note(answer, stay.key, visits[stay.visit]))
        rows.insert([answer for answer in answers if isinstance(answer, Stay)])
        record_all(notes)
        return [Told(answer.pk) if isinstance(answer, Stay) else answer for answer in answers]


def _open_visits(arrivals: Iterable[Arrival]) -> dict[tuple[int, int], Visit]:
    customers = {arrival.customer for arrival in arrivals if arrival.customer}
    rows = Visit.objects.filter(customer_id__in=customers, left_at=None)
    return {(visit.store_id, visit.customer_id): visit for visit in rows if visit.customer_id}


def _arrived(arrival: Arrival, known: dict[str, int], here: dict[tuple[int, int], Visit]) -> Told | Visit:
    if arrival.key in known:
        return Told(known[arrival.key] or None, repeated=True)
    if arrival.via not in VIAS or arrival.party_size not in PARTY:
        return Told(None, refused=_("到店方式或人数有误"))
    try:
        moment = believed(arrival.occurred_at)
    except Refused as refusal:
        return Told(None, refused=refusal.message)
    # Zero until the row is written: a second telling in the same bulk is a repetition too.
    known[arrival.key] = 0
    if arrival.customer and (already := here.get((arrival.store, arrival.customer))):
        return Told(already.pk, repeated=True)
    visit = rows.new(
        Visit,
        store_id=arrival.store,
        customer_id=arrival.customer,
        via=arrival.via,
        party_size=arrival.party_size,
        arrived_at=moment.at,
    )
    if arrival.customer:
        here[arrival.store, arrival.customer] = visit
    return visit


def _insert(fresh: list[tuple[Visit, Arrival]]) -> None:
    now = clock.now()
    rows.insert([visit for visit, _arrival in fresh])
    rows.insert(
        [
            rows.new(Step, visit_id=visit.id, kind=ARRIVED, at=visit.arrived_at, recorded_at=now)
            for visit, _arrival in fresh
        ]
    )
    record_all(
        Note(
            VisitArrived(via=visit.via, party_size=visit.party_size),
            Ref("visit", visit.id),
            customer=visit.customer_id,
            store=visit.store_id,
            occurred_at=visit.arrived_at,
            key=arrival.key,
        )
        for visit, arrival in fresh
    )


def _places(visits: Collection[int]) -> dict[int, _Place]:
    found = Visit.objects.filter(pk__in=visits).values_list("pk", "store_id", "customer_id", "left_at")
    return {pk: _Place(store, customer, left) for pk, store, customer, left in found}


def _stayed(stay: ZoneStay, known: dict[str, int], visits: dict[int, _Place], zones: dict[int, int]) -> Told | Stay:
    if stay.key in known:
        return Told(None, repeated=True)
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
    return rows.new(
        Stay, visit_id=stay.visit, zone_id=stay.zone, entered_at=moment.at, dwell_seconds=stay.dwell_seconds
    )


def _stay_note(stay: Stay, key: str, visit: _Place) -> Note:
    return Note(
        VisitZoneEntered(zone_id=stay.zone_id, dwell_seconds=stay.dwell_seconds),
        Ref("visit", stay.visit_id),
        customer=visit.customer_id,
        store=visit.store_id,
        occurred_at=stay.entered_at,
        key=key,
    )
