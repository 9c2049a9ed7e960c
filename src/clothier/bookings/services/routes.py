"""The way an experience officer prepares: which parts of the floor, and which brand there, in which order."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.bookings.events import AppointmentRoutePrepared
from clothier.bookings.models import Appointment, Stop
from clothier.bookings.services.booking import locked
from clothier.eventlog.services import record
from clothier.kernel.errors import Refused
from clothier.places.selectors import stores_of_zones

MOST = 8


@transaction.atomic
def prepare_route(
    *, appointment: int, stops: Sequence[tuple[int, str]], actor: int | None = None, key: str | None = None
) -> Appointment:
    """Set the stops, as (zone, brand) in order; the brands on the way hear of it. The same again changes nothing."""
    row = locked(appointment)
    if row.state not in (Appointment.State.BOOKED, Appointment.State.ARRIVED):
        raise Refused(_("这个预约已经结束"))
    if len(stops) > MOST:
        raise Refused(_("一条路线最多 %(n)s 站") % {"n": MOST}, field="stops")
    zones = {zone for zone, _brand in stops}
    if set(stores_of_zones(zones).values()) - {row.store_id} or len(stores_of_zones(zones)) != len(zones):
        raise Refused(_("路线里有别家门店的区位"), field="stops")
    before = [(stop.zone_id, stop.brand) for stop in row.stops.all()]
    wanted = [(zone, brand.strip()[:40]) for zone, brand in stops]
    if before == wanted:
        return row
    row.stops.all().delete()
    Stop.objects.bulk_create(
        Stop(appointment=row, position=place, zone_id=zone, brand=brand)
        for place, (zone, brand) in enumerate(wanted, start=1)
    )
    event = AppointmentRoutePrepared(zone_ids=tuple(zone for zone, _brand in wanted))
    record(event, subject=row.ref, customer=row.customer_id, store=row.store_id, actor=actor, key=key)
    return row
