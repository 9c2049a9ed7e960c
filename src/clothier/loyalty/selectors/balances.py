"""What a person has. Time decides what is pending and what has expired, so no answer is late because a chore is."""

from collections.abc import Sequence
from datetime import datetime

from clothier.customers.selectors import records_of
from clothier.kernel import clock, columns
from clothier.loyalty.contracts import Balance, LotView
from clothier.loyalty.models import Lot


def balance(customer: int, records: Sequence[int] = ()) -> Balance:
    """Over all records of the person; whoever knows them already says which."""
    now = clock.now()
    condition, whose = columns.among("customer_id", records or records_of(customer))
    # Lots expire with their month: added up by when, there are a few dozen rows however long somebody has shopped.
    rows = columns.read(
        f"SELECT {columns.instant('expires_at')}, SUM(CASE WHEN remaining < 0 THEN -remaining ELSE 0 END),"  # noqa: S608
        " SUM(CASE WHEN remaining > 0 AND matures_at <= %s THEN remaining ELSE 0 END),"
        " SUM(CASE WHEN remaining > 0 AND matures_at > %s THEN remaining ELSE 0 END)"
        f" FROM {columns.table(Lot)} WHERE {condition} AND NOT (remaining = 0) GROUP BY expires_at ORDER BY expires_at",
        [columns.stamp(now), columns.stamp(now), *whose],
    )
    debt = sum(int(owed) for _expires, owed, _ready, _waiting in rows)
    lasting = [
        (at, int(ready), int(waiting))
        for expires, _owed, ready, waiting in rows
        if (at := columns.moment(expires)) > now
    ]
    available, pending = sum(ready for _at, ready, _wait in lasting), sum(waiting for _at, _ready, waiting in lasting)
    expires_at, expiring = next(((at, ready) for at, ready, _waiting in lasting if ready), (None, 0))
    return Balance(max(available - debt, 0), pending, debt, expiring, expires_at)


def expiring(customer: int, *, limit: int) -> list[tuple[datetime, int]]:
    """When points expire next, and how many, moment by moment."""
    condition, whose = columns.among("customer_id", records_of(customer))
    where = f"WHERE {condition} AND NOT (remaining = 0) AND remaining > 0 AND expires_at > %s"
    rows = columns.read(
        f"SELECT {columns.instant('expires_at')}, SUM(remaining) FROM {columns.table(Lot)} {where}"  # noqa: S608
        " GROUP BY expires_at ORDER BY expires_at LIMIT %s",
        [*whose, columns.stamp(clock.now()), limit],
    )
    return [(columns.moment(expires), int(points)) for expires, points in rows]


def lots(customer: int, *, limit: int = 12) -> list[LotView]:
    """What expires next, lot by lot."""
    now = columns.stamp(clock.now())
    told = f"id, remaining, {columns.instant('matures_at')}, {columns.instant('expires_at')}"
    condition, whose = columns.among("customer_id", records_of(customer))
    # Told as "not nothing" too, as the index of open lots is.
    where = f"WHERE {condition} AND NOT (remaining = 0) AND remaining > 0 AND expires_at > %s"
    rows = columns.read(
        f"SELECT {told} FROM {columns.table(Lot)} {where} ORDER BY expires_at, id LIMIT %s",  # noqa: S608
        [*whose, now, limit],
    )
    return [
        LotView(pk, points, columns.moment(matures), columns.moment(expires)) for pk, points, matures, expires in rows
    ]
