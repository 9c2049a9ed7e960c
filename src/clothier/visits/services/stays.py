"""Stays in zones, as sensors and imports tell them: one by one, and many in one step as arrivals are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.selectors import subjects_by_key
from clothier.eventlog.services import once, record_alike
from clothier.kernel import columns
from clothier.kernel.errors import Refused
from clothier.places.selectors import stores_of_zones
from clothier.visits.events import VisitZoneEntered
from clothier.visits.models import Stay, Visit
from clothier.visits.services.bulk import Told, told_before
from clothier.visits.services.facts import believed, tell
from clothier.visits.services.taking import check_zone, locked

LONGEST_STAY = 86_400


def _stay_of(entry: Happening) -> Stay:
    return Stay.objects.filter(visit_id=entry.subject_id, entered_at=entry.occurred_at).latest("id")


@once(_stay_of, VisitZoneEntered)
def enter_zone(
    *,
    visit: int,
    zone: int,
    dwell_seconds: int,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Stay:
    """A stay in a zone that a sensor or an import tells of; `occurred_at` is when it began. At most a day long."""
    if not 0 <= dwell_seconds <= LONGEST_STAY:
        raise Refused(_("停留时间应在一天以内"), field="dwell_seconds")
    moment = believed(occurred_at)
    with transaction.atomic():
        row = locked(visit, moment)
        check_zone(row, zone)
        stay = Stay.objects.create(visit=row, zone_id=zone, entered_at=moment.at, dwell_seconds=dwell_seconds)
        event = VisitZoneEntered(zone_id=zone, dwell_seconds=dwell_seconds)
        tell(event, row, moment, actor=None, key=key)
        return stay


@dataclass(frozen=True, slots=True)
class ZoneStay:
    """A stay of a visit in a zone, as a sensor tells it."""

    visit: int
    zone: int
    dwell_seconds: int
    key: str
    occurred_at: datetime | None = None


class _Place(NamedTuple):
    """What a stay needs to know of its visit."""

    store_id: int
    customer_id: int | None
    left_at: datetime | None


class _Staying(NamedTuple):
    """A stay about to be written."""

    stay: ZoneStay
    visit: _Place
    at: datetime


def stay_all(*, stays: Sequence[ZoneStay]) -> list[Told]:
    """Record stays in zones, an answer for each in order, as `arrive_all` does."""
    with transaction.atomic():
        known = subjects_by_key((stay.key for stay in stays), VisitZoneEntered)
        visits = _places({stay.visit for stay in stays})
        zones = stores_of_zones(stay.zone for stay in stays)
        answers = [_stayed(stay, known, visits, zones) for stay in stays]
        keys = iter(_insert_stays([answer for answer in answers if isinstance(answer, _Staying)]))
        return [Told(next(keys)) if isinstance(answer, _Staying) else answer for answer in answers]


def _places(visits: Collection[int]) -> dict[int, _Place]:
    found = Visit.objects.filter(pk__in=visits).values_list("pk", "store_id", "customer_id", "left_at")
    return {pk: _Place(store, customer, left) for pk, store, customer, left in found}


def _stayed(
    stay: ZoneStay, known: dict[str, int | None], visits: dict[int, _Place], zones: dict[int, int]
) -> Told | _Staying:
    if stay.key in known:
        return told_before(known[stay.key])
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
