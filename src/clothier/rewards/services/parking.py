"""Parking hours: a gate asks for a plate and is told how many hours the driver need not pay."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.customers.selectors import by_identifier, records_of
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.rewards.events import ParkingUsed
from clothier.rewards.models import ParkingCredit, ParkingUse


def use_parking(*, plate: str, hours: int, ticket: str) -> int:
    """Let a car off up to so many hours, once for each of the gate's tickets; how many. Those that end first go first.

    A plate nobody has told us, or without hours, is let off none.
    """
    customer = by_identifier("plate", plate)
    if customer is None:
        return 0
    if hours < 1 or not ticket:
        raise Refused(_("请填写小时数和停车票号"), field="hours")
    if used := ParkingUse.objects.filter(ticket=ticket).first():
        return used.hours
    try:
        with transaction.atomic():
            return _use(customer, hours, ticket)
    except IntegrityError:
        return ParkingUse.objects.get(ticket=ticket).hours


def _use(customer: int, hours: int, ticket: str) -> int:
    now, left = clock.now(), hours
    mine = ParkingCredit.objects.filter(customer_id__in=records_of(customer), valid_until__gt=now, used__lt=F("hours"))
    # Two gates at once wait here for each other.
    for credit in mine.select_for_update().order_by("valid_until", "pk"):
        some = min(left, credit.hours - credit.used)
        if some:
            ParkingCredit.objects.filter(pk=credit.pk).update(used=F("used") + some)
            left -= some
    if left == hours:
        return 0
    ParkingUse.objects.create(ticket=ticket, customer_id=customer, hours=hours - left, used_at=now)
    record(ParkingUsed(hours=hours - left), subject=Ref("customer", customer), customer=customer)
    return hours - left
