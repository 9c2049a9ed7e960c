"""Readable contact data and measurements: for those who may, with a reason, on the record."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.customers import sealing
from clothier.customers.contracts import FactView
from clothier.customers.fields import BODY, DATES
from clothier.customers.models import AccessRecord, Identifier
from clothier.customers.reading import note_read
from clothier.customers.selectors.doors import READERS, UNMASKERS, require
from clothier.customers.selectors.known import current_facts
from clothier.customers.selectors.people import records_of
from clothier.kernel.access import Viewer
from clothier.kernel.errors import Refused


def unmask(viewer: Viewer, identifier_id: int, *, purpose: str) -> str:
    """The whole phone number, e-mail or plate. Denied for associates; Refused without a purpose."""
    require(viewer, UNMASKERS)
    identifier = Identifier.objects.select_related("customer").filter(pk=identifier_id).first()
    if identifier is None or identifier.customer.key is None:
        raise Refused(_("没有这个号码了。"))
    with transaction.atomic():
        note_read(viewer, identifier.customer_id, what=AccessRecord.What.UNMASK, purpose=_stated(purpose))
        return sealing.unseal(identifier.customer, identifier.sealed)


def vault_facts(viewer: Viewer, customer_id: int, *, purpose: str) -> list[FactView]:
    """Measurements, birthday and important days. Refused without a purpose."""
    require(viewer, READERS)
    note_read(viewer, customer_id, what=AccessRecord.What.VAULT, purpose=_stated(purpose))
    return current_facts(records_of(customer_id), groups=(DATES, BODY))


def _stated(purpose: str) -> str:
    if not purpose.strip():
        raise Refused(_("请写明查看的目的。"), field="purpose")
    return purpose.strip()
