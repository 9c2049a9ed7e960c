"""Which invoice service this shop uses: none unless it is the demo; then invoices are issued by hand at the desk."""

from django.conf import settings

from clothier.checkout.contracts.invoices import InvoiceService
from clothier.checkout.invoicing.standin.service import StandIn


def service() -> InvoiceService | None:
    return StandIn() if settings.DEMO else None
