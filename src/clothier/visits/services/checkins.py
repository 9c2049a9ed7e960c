"""Coming in by an identifier: a member code, a plate at the car park, a tag at the door."""

from datetime import datetime

from django.utils.translation import gettext as _

from clothier.customers.selectors import by_identifier
from clothier.kernel.errors import Refused
from clothier.visits.models import Visit
from clothier.visits.services.arrivals import arrive

# How an identifier of a kind came in, when the caller does not say.
VIAS = {"member": Visit.Via.MEMBER_CODE, "plate": Visit.Via.PLATE, "rfid": Visit.Via.RFID}


def check_in(
    *,
    store: int,
    kind: str,
    value: str,
    via: str = "",
    party_size: int = 1,
    actor: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Visit:
    """A customer comes in by an identifier (member, phone, plate, rfid). Refused when nobody is known by it."""
    customer = customer_by(kind=kind, value=value, at=occurred_at)
    return arrive(
        store=store,
        via=via or VIAS.get(kind, Visit.Via.CHECK_IN),
        customer=customer,
        party_size=party_size,
        actor=actor,
        occurred_at=occurred_at,
        key=key,
    )


def customer_by(*, kind: str, value: str, at: datetime | None = None) -> int:
    """The customer an identifier belongs to (a changing code: then). Refused, on `value`, when it is nobody's."""
    try:
        customer = by_identifier(kind, value, at=at)
    except ValueError:
        customer = None
    if customer is None:
        raise Refused(_("没有找到这位会员，请核对后再试"), field="value")
    return customer
