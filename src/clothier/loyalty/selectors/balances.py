"""What a person has. Time decides what is pending and what has expired, so no answer is late because a chore is."""

from collections.abc import Sequence
from typing import Any

from clothier.customers.selectors import records_of
from clothier.kernel import clock, columns
from clothier.loyalty.contracts import Balance, LotView
from clothier.loyalty.models import Lot


def balance(customer: int, records: Sequence[int] = ()) -> Balance:
    """Over all records of the person; whoever knows them already says which."""
    now = clock.now()
    told = f"remaining, {columns.instant('matures_at')}, {columns.instant('expires_at')}"
    rows = _open(records or records_of(customer), told)
    debt = available = pending = expiring = 0
    expires_at = None
    for remaining, matures, expires in rows:
        if remaining < 0:
            debt -= remaining
        elif columns.moment(expires) <= now:
            continue
        elif columns.moment(matures) > now:
            pending += remaining
        else:
            available += remaining
            if expires_at in (None, columns.moment(expires)):
                expires_at, expiring = columns.moment(expires), expiring + remaining
    return Balance(max(available - debt, 0), pending, debt, expiring, expires_at)


def lots(customer: int, *, limit: int = 12) -> list[LotView]:
    """What expires next, lot by lot."""
    now = columns.stamp(clock.now())
    told = f"id, remaining, {columns.instant('matures_at')}, {columns.instant('expires_at')}"
    rows = _open(records_of(customer), told, "AND remaining > 0 AND expires_at > %s", [now], limit=limit)
    return [
        LotView(pk, points, columns.moment(matures), columns.moment(expires)) for pk, points, matures, expires in rows
    ]


def _open(
    records: Sequence[int], told: str, more: str = "", values: list[Any] | None = None, limit: int = 0
) -> list[Any]:
    condition, whose = columns.among("customer_id", records)
    end = f" LIMIT {limit:d}" if limit else ""
    where = f"WHERE {condition} AND NOT (remaining = 0) {more} ORDER BY expires_at, id{end}"
    return columns.read(f"SELECT {told} FROM {columns.table(Lot)} {where}", [*whose, *(values or [])])  # noqa: S608
