"""Fetching the rows a verb is about to change, locked in one order so that two verbs never wait for each other."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from clothier.customers.models import Customer
from clothier.kernel.errors import Refused


def locked(ids: Iterable[int]) -> dict[int, Customer]:
    """Records by id, locked against a concurrent link or erasure (SQLite has one writer and needs no lock)."""
    rows = Customer.objects.select_for_update(no_key=True).filter(pk__in=list(ids)).order_by("pk")
    return {row.pk: row for row in rows}


def living(customer_id: int) -> Customer:
    """A locked record that was not erased. Refused where there is none."""
    record = locked([customer_id]).get(customer_id)
    if record is None:
        raise Refused(_("没有这位顾客。"))
    if record.erased_at:
        raise Refused(_("这位顾客的资料已按其要求删除。"))
    return record


def records_of(person_id: int) -> list[int]:
    return list(Customer.objects.filter(person_id=person_id).order_by("pk").values_list("pk", flat=True))
