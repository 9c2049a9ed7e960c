"""Invoices: asked for by the customer or the cashier, issued by a service or by hand, each once."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.checkout.contracts import LineKind, OrderKind
from clothier.checkout.contracts.invoices import InvoiceLine, InvoiceOrder, InvoiceProblem
from clothier.checkout.events import InvoiceIssued, InvoiceRequested, InvoiceWithdrawn
from clothier.checkout.invoicing.registry import service
from clothier.checkout.models import Invoice, InvoiceTitle, Order, OrderLine, Title
from clothier.eventlog.contracts import Event, Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock, vault
from clothier.kernel.errors import Refused

KEPT = 5
_TAX = range(15, 21)


class To(NamedTuple):
    """Whom an invoice is made out to, and where it is sent."""

    kind: str
    title: str
    tax_number: str = ""
    email: str = ""


def _found(entry: Happening) -> Invoice:
    return Invoice.objects.get(pk=entry.subject_id)


@once(_found, InvoiceRequested)
@transaction.atomic
def request_invoice(
    *, order: int, to: To, actor: int | None = None, remember: bool = True, key: str | None = None
) -> Invoice:
    """Ask for an order's invoice over what it costs now, returns taken off; the one that lives is given again.

    Raises Refused for a title nobody can be invoiced under, and when nothing of the order is left.
    """
    to = _checked(to)
    row = Order.objects.select_for_update().filter(pk=order, kind=OrderKind.SALE).first()
    if row is None:
        raise Refused(_("没有找到这张销售单"))
    fen = sum(line.fen for line in _left(row))
    if fen <= 0:
        raise Refused(_("这张单已全部退货，不能开票"))
    sealing = vault.new_key()
    try:
        with transaction.atomic():
            made = Invoice.objects.create(
                order=row, kind=to.kind, fen=fen, key=sealing, tax_number=to.tax_number,
                sealed_title=vault.seal(sealing, to.title),
                sealed_email=vault.seal(sealing, to.email) if to.email else "",
                requested_at=clock.now(), actor_id=actor,
            )  # fmt: skip
    except IntegrityError:
        return Invoice.objects.get(order=row, state__in=[Invoice.State.REQUESTED, Invoice.State.ISSUED])
    if remember and row.customer_id is not None:
        _remember(row.customer_id, to)
    _tell(made, row, InvoiceRequested(invoice_id=made.pk, order_id=row.pk, fen=fen), actor, key)
    return made


def ask_service(invoice: int) -> None:
    """Have it issued by the service, if the shop is connected to one. Safe to repeat: our number is the same."""
    row = Invoice.objects.select_related("order").filter(pk=invoice, state=Invoice.State.REQUESTED).first()
    asked = service()
    if row is None or asked is None or row.key is None:
        return
    try:
        issued = asked.issue(_order(row))
    except InvoiceProblem as problem:
        Invoice.objects.filter(pk=invoice).update(cause=str(problem)[:200])
        raise
    issue_invoice(invoice=invoice, number=issued.number, address=issued.address, actor=None)


@transaction.atomic
def issue_invoice(*, invoice: int, number: str, actor: int | None, address: str = "") -> Invoice:
    """It is issued under this number, by the service or by hand; told again it stays as it is."""
    row = Invoice.objects.select_for_update().select_related("order").get(pk=invoice)
    number = number.strip()
    if row.state == Invoice.State.ISSUED and row.number == number:
        return row
    if row.state != Invoice.State.REQUESTED:
        raise Refused(_("这张发票不在待开状态"))
    if not number or Invoice.objects.filter(number=number).exclude(number="").exists():
        raise Refused(_("请核对发票号码：没有填，或已经用过"), field="number")
    row.state, row.number, row.address, row.issued_at, row.cause = (
        Invoice.State.ISSUED, number[:40], address, clock.now(), "",
    )  # fmt: skip
    row.save(update_fields=["state", "number", "address", "issued_at", "cause"])
    _tell(row, row.order, InvoiceIssued(invoice_id=row.pk, order_id=row.order_id, fen=row.fen), actor, None)
    return row


@transaction.atomic
def withdraw_invoice(*, invoice: int, actor: int | None) -> Invoice:
    """It is not wanted any more; one that was issued has to be reversed with the tax office first."""
    row = Invoice.objects.select_for_update().select_related("order").get(pk=invoice)
    if row.state == Invoice.State.WITHDRAWN:
        return row
    if row.state == Invoice.State.ISSUED:
        raise Refused(_("已开具的发票需先红冲"))
    row.state = Invoice.State.WITHDRAWN
    row.save(update_fields=["state"])
    _tell(row, row.order, InvoiceWithdrawn(invoice_id=row.pk, order_id=row.order_id, fen=row.fen), actor, None)
    return row


@transaction.atomic
def forget_titles(*, customers: Sequence[int]) -> None:
    """Somebody is erased: names and addresses cannot be opened again; the tax office's numbers stay."""
    InvoiceTitle.objects.filter(customer_id__in=customers).delete()
    Invoice.objects.filter(order__customer_id__in=customers).update(key=None, sealed_title="", sealed_email="")


def _checked(to: To) -> To:
    kind, title = to.kind, " ".join(to.title.split())[:100]
    if kind not in Title:
        raise Refused(_("请选择个人或单位"), field="kind")
    if not title:
        raise Refused(_("请填发票抬头"), field="title")
    tax = to.tax_number.strip().upper()
    if kind == Title.COMPANY and (len(tax) not in _TAX or not tax.isalnum() or not tax.isascii()):
        raise Refused(_("单位税号是 15 到 20 位字母和数字"), field="tax_number")
    email = to.email.strip()
    if email and ("@" not in email or len(email) > 120):
        raise Refused(_("请核对邮箱"), field="email")
    return To(kind, title, tax if kind == Title.COMPANY else "", email)


def _left(row: Order) -> list[InvoiceLine]:
    """What the customer keeps: each line less what came back of it."""
    lines = OrderLine.objects.filter(order=row).exclude(kind=LineKind.VOUCHER).prefetch_related("returns")
    told = [
        InvoiceLine(
            line.description or line.code,
            line.quantity + sum(back.quantity for back in line.returns.all()),
            line.total_fen + sum(back.total_fen for back in line.returns.all()),
        )
        for line in lines.order_by("pk")
    ]
    return [line for line in told if line.fen]


def _order(row: Invoice) -> InvoiceOrder:
    key = bytes(row.key or b"")
    return InvoiceOrder(
        number=f"{row.order.source}:{row.order.number}:{row.pk}",
        fen=row.fen,
        currency=row.order.currency,
        title=vault.unseal(key, row.sealed_title),
        tax_number=row.tax_number,
        email=vault.unseal(key, row.sealed_email) if row.sealed_email else "",
        lines=_left(row.order),
    )


def _remember(customer: int, to: To) -> None:
    """So that nobody types a tax number twice; the latest few."""
    digest = vault.keyed_hash("invoice-title", f"{to.kind}\x1f{to.title}\x1f{to.tax_number}")
    known = InvoiceTitle.objects.filter(customer_id=customer, digest=digest)
    if known.update(used_at=clock.now()):
        return
    key = vault.new_key()
    InvoiceTitle.objects.create(
        customer_id=customer, kind=to.kind, digest=digest, key=key, sealed_title=vault.seal(key, to.title),
        tax_number=to.tax_number, used_at=clock.now(),
    )  # fmt: skip
    old = InvoiceTitle.objects.filter(customer_id=customer).order_by("-used_at", "-pk")[KEPT:]
    InvoiceTitle.objects.filter(pk__in=[row.pk for row in old]).delete()


def _tell(made: Invoice, row: Order, event: Event, actor: int | None, key: str | None) -> None:
    record(event, subject=made.ref, customer=row.customer_id, store=row.store_id, actor=actor, key=key)
