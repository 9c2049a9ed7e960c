"""Points for goods bought, from a single order to as many as a day brings."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from clothier.eventlog.services import record_alike
from clothier.kernel import clock, columns
from clothier.loyalty.contracts import Earning, EarnLine, EntryKind
from clothier.loyalty.events import PointsEarned
from clothier.loyalty.models import Entry, Lot
from clothier.loyalty.rules.documents import by_source
from clothier.loyalty.rules.points import matures, month_end, points_for
from clothier.loyalty.services.lots import Document, named, settle
from clothier.loyalty.services.rates import rates
from clothier.standards.contracts import Loyalty
from clothier.standards.selectors import document as house_rules

_LINE = (
    "source", "document", "line", "lot_id", "customer_id", "points", "fen", "rate", "campaign_id", "occurred_at",
)  # fmt: skip


class Earned(NamedTuple):
    """An order about to be written: its rate, the campaign that raised it, and its points line by line."""

    earning: Earning
    document: Document
    rate: int
    campaign: int | None
    points: Sequence[int]


def earn(
    *,
    document: str,
    lines: Sequence[EarnLine],
    customer: int,
    occurred_at: datetime | None = None,
    store: int | None = None,
) -> int:
    """Points for an order, rounded down line by line, pending until goods can no longer be returned; how many.

    Told again it is the same order and changes nothing (0).
    """
    return earn_many([Earning(document, customer, occurred_at or clock.now(), tuple(lines), store)])


def earn_many(earnings: Iterable[Earning]) -> int:
    """As `earn`, for many orders in one transaction; how many points in all."""
    told = list(earnings)
    for attempt in (1, 2):
        try:
            with transaction.atomic():
                return _earn(told)
        except IntegrityError:
            # Somebody else told one of these orders between our look and our write: look again, once.
            if attempt == 2:
                raise
    raise AssertionError("unreachable")


def _earn(told: list[Earning]) -> int:
    new = _new(told)
    if not new:
        return 0
    rules = house_rules("loyalty")
    rated = rates(rules, [earning for earning, _document in new])
    points = [
        [points_for(line.fen, rate) for line in earning.lines]
        for (earning, _document), (rate, _campaign) in zip(new, rated, strict=True)
    ]
    earned = [
        Earned(earning, document, rate, campaign, some)
        for (earning, document), (rate, campaign), some in zip(new, rated, points, strict=True)
    ]
    lots = _insert_lots(earned, rules)
    _insert_entries(lots, earned)
    settle(each.earning.customer for each in earned)
    _tell(lots, earned)
    return sum(sum(each.points) for each in earned)


def _new(told: list[Earning]) -> list[tuple[Earning, Document]]:
    """Those that have earned nothing yet, each once."""
    by_document = {named(earning.document): earning for earning in reversed(told) if earning.lines}
    for source, numbers in by_source(earning.document for earning in by_document.values()).items():
        which, values = columns.among("document", numbers)
        known = f"SELECT document FROM {columns.table(Lot)} WHERE {which} AND source = %s"  # noqa: S608
        for (number,) in columns.read(known, [*values, source]):
            del by_document[source, number]
    return [(earning, document) for document, earning in reversed(by_document.items())]


def _insert_lots(earned: list[Earned], rules: Loyalty) -> Sequence[int]:
    zone = timezone.get_default_timezone()
    moments = [each.earning.occurred_at for each in earned]
    told: columns.Columns = {
        "customer_id": [each.earning.customer for each in earned],
        "source": [each.document[0] for each in earned],
        "document": [each.document[1] for each in earned],
        "store_id": [each.earning.store for each in earned],
        "remaining": [sum(each.points) for each in earned],
        "matures_at": [matures(at, rules.pending_days) for at in moments],
        "expires_at": [month_end(at, rules.valid_months, zone) for at in moments],
    }
    return columns.insert(Lot, told, count=len(earned))


def _insert_entries(lots: Sequence[int], earned: list[Earned]) -> None:
    lines = [
        (*each.document, line.line, lot, each.earning.customer, points, line.fen, each.rate, each.campaign,
         each.earning.occurred_at)
        for lot, each in zip(lots, earned, strict=True)
        for line, points in zip(each.earning.lines, each.points, strict=True)
    ]  # fmt: skip
    told = dict(zip(_LINE, zip(*lines, strict=True), strict=True))
    alike: columns.Columns = {"kind": columns.Every(EntryKind.EARN.value), "recorded_at": columns.Every(clock.now())}
    columns.insert(Entry, {**alike, **told}, count=len(lines))


def _tell(lots: Sequence[int], earned: list[Earned]) -> None:
    """Nothing is said of an order too small for a point."""
    told = [(lot, sum(each.points), each) for lot, each in zip(lots, earned, strict=True) if any(each.points)]
    whose = [each.earning.customer for _lot, _points, each in told]
    record_alike(
        PointsEarned,
        (
            {"lot_id": lot, "points": points, "source": each.document[0], "document": each.document[1]}
            for lot, points, each in told
        ),
        subject_kind="customer",
        subjects=whose,
        customers=whose,
        stores=[each.earning.store for _lot, _points, each in told],
        actors=[None] * len(told),
        occurred_at=[each.earning.occurred_at for _lot, _points, each in told],
    )
