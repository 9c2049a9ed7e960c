"""Goods that came back take their points with them, at the rate they were earned at; goods exchanged keep them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Sum

from clothier.eventlog.services import record, record_alike
from clothier.kernel import clock, rows
from clothier.kernel.refs import Ref
from clothier.loyalty.contracts import BackLine, EntryKind, Exchange, ExchangeLine, Reversal
from clothier.loyalty.events import PointsExchanged, PointsReversed
from clothier.loyalty.models import Entry
from clothier.loyalty.rules.documents import by_source
from clothier.loyalty.rules.points import points_for, reversal
from clothier.loyalty.services.lots import Document, entry, hold_lots, named, put, settle, write

_EARNED = (EntryKind.EARN, EntryKind.EXCHANGE)


def reverse(
    *,
    document: str,
    lines: Sequence[BackLine],
    occurred_at: datetime | None = None,
    store: int | None = None,
    actor: int | None = None,
) -> int:
    """Take back the points of lines that came back; how many. Told again it changes nothing (0).

    A line that earned nothing gives nothing. Points already spent leave a debt that the next points settle.
    """
    return _reverse_all([Reversal(document, lines, occurred_at or clock.now(), store, actor)])


def exchange(
    *,
    document: str,
    lines: Sequence[ExchangeLine],
    occurred_at: datetime | None = None,
    store: int | None = None,
    actor: int | None = None,
) -> int:
    """Piece for piece as one event; the difference in points (none for another size at the same price).

    The new piece stands in the old one's place: same lot, same rate, same expiry, nothing pending anew. Told again it
    changes nothing (0).
    """
    return _exchange(Exchange(document, lines, occurred_at or clock.now(), store, actor))


@transaction.atomic
def take_back(told: Iterable[Exchange | Reversal]) -> None:
    """As `reverse` and `exchange`, for many documents in the order of time: what was exchanged may come back as well.

    Documents that only bring goods back, the most by far, are looked up and written together.
    """
    for plain, some in groupby(told, lambda each: isinstance(each, Reversal)):
        if plain:
            _reverse_all([each for each in some if isinstance(each, Reversal)])
        else:
            for each in some:
                _exchange(each)  # type: ignore[arg-type]


@transaction.atomic
def _reverse_all(told: Sequence[Reversal]) -> int:
    made = _reverse(told)
    by_document: defaultdict[Document, list[Entry]] = defaultdict(list)
    for row in made:
        by_document[row.source, row.document].append(row)
    settle(row.customer_id for row in made)
    heard = {named(each.document): each for each in told}
    points = {document: -sum(row.points for row in some) for document, some in by_document.items()}
    whose = [some[0].customer_id for some in by_document.values()]
    record_alike(
        PointsReversed,
        ({"points": points[document], "source": document[0], "document": document[1]} for document in by_document),
        subject_kind="customer",
        subjects=whose,
        customers=whose,
        stores=[heard[document].store for document in by_document],
        actors=[heard[document].actor for document in by_document],
        occurred_at=[heard[document].occurred_at for document in by_document],
    )
    return sum(points.values())


@transaction.atomic
def _exchange(told: Exchange) -> int:
    document = named(told.document)
    back = _reverse([Reversal(told.document, [line.back for line in told.lines], *told[2:])])
    if not back:
        return 0
    by_line = {row.line: row for row in back}
    new = [(line, by_line[line.back.line]) for line in told.lines if line.back.line in by_line]
    lots = hold_lots(row.lot_id for row in back)
    made = [
        entry(
            lots[row.lot_id],
            document=document,
            line=line.line,
            kind=EntryKind.EXCHANGE,
            points=points_for(line.fen, row.rate),
            at=told.occurred_at,
            fen=line.fen,
            rate=row.rate,
            campaign=row.campaign_id,
            actor=told.actor,
        )
        for line, row in new
    ]
    write(made)
    for row in made:
        put(row.lot_id, row.points)
    settle([back[0].customer_id])
    points = sum(row.points for row in (*back, *made))
    record(
        PointsExchanged(points=points, source=document[0], document=document[1]),
        subject=Ref("customer", back[0].customer_id),
        customer=back[0].customer_id,
        store=told.store,
        actor=told.actor,
        occurred_at=told.occurred_at,
    )
    return points


def _reverse(told: Sequence[Reversal]) -> list[Entry]:
    """The entries that take points back; lines reversed before are left alone.

    The lots are held before anything is looked at, so two returns of one line see each other.
    """
    origins = _origins(told)
    lots = hold_lots(row.lot_id for row in origins.values())
    done = _done(told)
    earlier = _came_back(origins.values())
    made = []
    for about, line in [(each, line) for each in told for line in each.lines]:
        document = named(about.document)
        origin = origins.get((line.of_document, line.of_line))
        if origin is None or (document, line.line) in done:
            continue
        done.add((document, line.line))
        before = earlier.get(origin.pk, 0)
        points = reversal(fen=origin.fen, earlier=before, back=line.fen, rate=origin.rate)
        earlier[origin.pk] = before + line.fen
        lot = lots[origin.lot_id]
        lot.remaining -= points
        made.append(
            entry(
                lot,
                document=document,
                line=line.line,
                kind=EntryKind.REVERSE,
                points=-points,
                at=about.occurred_at,
                fen=line.fen,
                rate=origin.rate,
                campaign=origin.campaign_id,
                origin=origin.pk,
                actor=about.actor,
            )
        )
    # Held until the transaction ends, so what was read under the lock is still what there is.
    rows.update([lots[pk] for pk in sorted({row.lot_id for row in made})], ["remaining"])
    write(made)
    return made


def _origins(told: Sequence[Reversal]) -> dict[tuple[str, int], Entry]:
    """What earned the points of these lines, by document and line as they were sold."""
    wanted = {(line.of_document, line.of_line) for each in told for line in each.lines}
    found = {}
    for source, numbers in by_source(document for document, _line in wanted).items():
        for row in Entry.objects.filter(document__in=numbers, source=source, kind__in=_EARNED):
            if (sold := (f"{source}:{row.document}", row.line)) in wanted:
                found[sold] = row
    return found


def _done(told: Sequence[Reversal]) -> set[tuple[Document, int]]:
    found: set[tuple[Document, int]] = set()
    for source, numbers in by_source(each.document for each in told).items():
        rows = Entry.objects.filter(document__in=numbers, source=source, kind=EntryKind.REVERSE)
        found |= {((source, number), line) for number, line in rows.values_list("document", "line")}
    return found


def _came_back(origins: Iterable[Entry]) -> dict[int, int]:
    """Fen that came back of each of these before."""
    told = Entry.objects.filter(origin__in=list(origins), kind=EntryKind.REVERSE)
    return dict(told.values_list("origin").annotate(Sum("fen")))
