"""Invoices and the titles somebody used before."""

from dataclasses import dataclass

from django.db.models import QuerySet

from clothier.checkout.models import Invoice, InvoiceTitle
from clothier.kernel import vault
from clothier.kernel.access import Viewer


@dataclass(frozen=True, slots=True)
class TitleView:
    kind: str
    title: str
    tax_number: str


def titles_of(customer: int | None) -> list[TitleView]:
    """The titles a member used, the latest first."""
    if customer is None:
        return []
    rows = InvoiceTitle.objects.filter(customer_id=customer, key__isnull=False).order_by("-used_at", "-pk")
    return [TitleView(row.kind, vault.unseal(bytes(row.key or b""), row.sealed_title), row.tax_number) for row in rows]


def invoices_for(viewer: Viewer) -> QuerySet[Invoice]:
    """Invoices of the viewer's stores, those that wait longest first."""
    rows = Invoice.objects.select_related("order__store").order_by("requested_at", "pk")
    return rows if viewer.stores is None else rows.filter(order__store__in=viewer.stores)


def title_of(invoice: Invoice) -> str:
    """Whom it is made out to; nothing once that was erased."""
    return vault.unseal(bytes(invoice.key), invoice.sealed_title) if invoice.key else ""
