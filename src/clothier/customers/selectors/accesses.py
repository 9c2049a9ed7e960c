"""Who read what."""

from datetime import datetime

from django.db.models import QuerySet

from clothier.customers.models import AccessRecord
from clothier.customers.selectors.doors import HEAD, KEEPERS, require
from clothier.customers.selectors.people import records_of
from clothier.kernel import columns
from clothier.kernel.access import Viewer

LIMIT = 50


def reads_of(viewer: Viewer, customer_id: int, *, before: int = 0) -> list[AccessRecord]:
    """Who read a customer, latest first. For managers and head office."""
    require(viewer, KEEPERS)
    return _page(AccessRecord.objects.filter(customer__in=records_of(customer_id)), before)


def reads_by(viewer: Viewer, employee_id: int, *, before: int = 0) -> list[AccessRecord]:
    """What an employee read: one's own for everybody, a colleague's for head office."""
    if employee_id != viewer.employee:
        require(viewer, HEAD)
    return _page(AccessRecord.objects.filter(employee_id=employee_id), before)


def all_reads(viewer: Viewer, *, before: int = 0) -> list[AccessRecord]:
    """Every read in the chain, latest first. For head office."""
    require(viewer, HEAD)
    return _page(AccessRecord.objects.all(), before)


def count_reads(viewer: Viewer, *, since: datetime, most: int) -> dict[str, int]:
    """How often each kind of data was read since a moment, counted no further than `most`. For head office."""
    require(viewer, HEAD)
    held, asked = columns.table(AccessRecord), columns.stamp(since)
    some = f"SELECT 1 FROM {held} WHERE what = %s AND at >= %s LIMIT {most:d}"  # noqa: S608 - our own name and a number
    count = f"SELECT COUNT(*) FROM ({some}) AS found"  # noqa: S608
    return {what: columns.read(count, [what, asked])[0][0] for what in AccessRecord.What.values}


def _page(rows: QuerySet[AccessRecord], before: int) -> list[AccessRecord]:
    rows = rows.select_related("customer").order_by("-pk")
    return list((rows.filter(pk__lt=before) if before else rows)[: LIMIT + 1])
