"""Points for goods bought, from a single order to as many as a day brings."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from clothier.eventlog.services import record_alike
from clothier.kernel import clock, rows
from clothier.loyalty.contracts import Earning, EarnLine, EntryKind
from clothier.loyalty.events import PointsEarned
from clothier.loyalty.models import Lot
from clothier.loyalty.rules.points import matures, month_end, points_for
from clothier.loyalty.services.lots import Document, entry, named, settle, write
from clothier.loyalty.services.rates import rates
from clothier.standards.contracts import Loyalty
from clothier.standards.selectors import document as house_rules


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
    rules, lots = house_rules("loyalty"), []
    for (earning, document), (rate, campaign) in zip(new, rates(rules, [each for each, _doc in new]), strict=True):
        lot = _lot(rules, earning, document, sum(points_for(line.fen, rate) for line in earning.lines))
        lots.append((lot, earning, rate, campaign))
    _insert(lots)
    settle(earning.customer for earning, _document in new)
    _tell(lots)
    return sum(lot.remaining for lot, *_rest in lots)


def _new(told: list[Earning]) -> list[tuple[Earning, Document]]:
    """Those that have earned nothing yet, each once."""
    by_document = {named(earning.document): earning for earning in reversed(told) if earning.lines}
    numbers: dict[str, list[str]] = {}
    for source, number in by_document:
        numbers.setdefault(source, []).append(number)
    for source, some in numbers.items():
        for number in Lot.objects.filter(source=source, document__in=some).values_list("document", flat=True):
            del by_document[source, number]
    return [(earning, document) for document, earning in reversed(by_document.items())]


def _lot(rules: Loyalty, earning: Earning, document: Document, points: int) -> Lot:
    at = earning.occurred_at
    return rows.new(
        Lot,
        customer_id=earning.customer,
        source=document[0],
        document=document[1],
        remaining=points,
        matures_at=matures(at, rules.pending_days),
        expires_at=month_end(at, rules.valid_months, timezone.get_default_timezone()),
    )


def _insert(lots: list[tuple[Lot, Earning, int, int | None]]) -> None:
    rows.insert([lot for lot, *_rest in lots])
    write(
        [
            entry(
                lot,
                document=(lot.source, lot.document),
                line=line.line,
                kind=EntryKind.EARN,
                points=points_for(line.fen, rate),
                at=earning.occurred_at,
                fen=line.fen,
                rate=rate,
                campaign=campaign,
            )
            for lot, earning, rate, campaign in lots
            for line in earning.lines
        ]
    )


def _tell(lots: list[tuple[Lot, Earning, int, int | None]]) -> None:
    """Nothing is said of an order too small for a point."""
    told = [(lot, earning) for lot, earning, *_rest in lots if lot.remaining]
    record_alike(
        PointsEarned,
        (
            {"lot_id": lot.pk, "points": lot.remaining, "source": lot.source, "document": lot.document}
            for lot, _earning in told
        ),
        subject_kind="customer",
        subjects=[lot.customer_id for lot, _earning in told],
        customers=[lot.customer_id for lot, _earning in told],
        stores=[earning.store for _lot, earning in told],
        actors=[None] * len(told),
        occurred_at=[earning.occurred_at for _lot, earning in told],
    )
