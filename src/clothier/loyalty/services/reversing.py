"""Goods that came back take their points with them, at the rate they were earned at; goods exchanged keep them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.loyalty.contracts import BackLine, EntryKind, ExchangeLine
from clothier.loyalty.events import PointsExchanged, PointsReversed
from clothier.loyalty.models import Entry
from clothier.loyalty.rules.points import points_for, reversal
from clothier.loyalty.services.lots import Document, entry, hold_lots, named, put, settle, write

_EARNED = (EntryKind.EARN, EntryKind.EXCHANGE)


@transaction.atomic
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
    about = named(document)
    made = _reverse(about, lines, occurred_at or clock.now(), actor)
    points = -sum(row.points for row in made)
    if made:
        settle([made[0].customer_id])
        record(
            PointsReversed(points=points, source=about[0], document=about[1]),
            subject=Ref("customer", made[0].customer_id),
            customer=made[0].customer_id,
            store=store,
            actor=actor,
            occurred_at=occurred_at,
        )
    return points


@transaction.atomic
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
    about, at = named(document), occurred_at or clock.now()
    back = _reverse(about, [line.back for line in lines], at, actor)
    if not back:
        return 0
    by_line = {row.line: row for row in back}
    new = [(line, by_line[line.back.line]) for line in lines if line.back.line in by_line]
    lots = hold_lots(row.lot_id for row in back)
    made = [
        entry(
            lots[row.lot_id],
            document=about,
            line=line.line,
            kind=EntryKind.EXCHANGE,
            points=points_for(line.fen, row.rate),
            at=at,
            fen=line.fen,
            rate=row.rate,
            campaign=row.campaign_id,
            actor=actor,
        )
        for line, row in new
    ]
    write(made)
    for row in made:
        put(row.lot_id, row.points)
    settle([back[0].customer_id])
    points = sum(row.points for row in (*back, *made))
    record(
        PointsExchanged(points=points, source=about[0], document=about[1]),
        subject=Ref("customer", back[0].customer_id),
        customer=back[0].customer_id,
        store=store,
        actor=actor,
        occurred_at=occurred_at,
    )
    return points


def _reverse(document: Document, lines: Sequence[BackLine], at: datetime, actor: int | None) -> list[Entry]:
    """The entries that take points back; lines reversed before are left alone.

    The lots are held before anything is looked at, so two returns of one line see each other.
    """
    origins = _origins(lines)
    lots = hold_lots(row.lot_id for row in origins.values())
    done = _done(document, lines)
    earlier = _came_back(origins.values())
    made = []
    for line in lines:
        origin = origins.get((line.of_document, line.of_line))
        if origin is None or line.line in done:
            continue
        before = earlier.get(origin.pk, 0)
        points = reversal(fen=origin.fen, earlier=before, back=line.fen, rate=origin.rate)
        earlier[origin.pk] = before + line.fen
        put(origin.lot_id, -points)
        made.append(
            entry(
                lots[origin.lot_id],
                document=document,
                line=line.line,
                kind=EntryKind.REVERSE,
                points=-points,
                at=at,
                fen=line.fen,
                rate=origin.rate,
                campaign=origin.campaign_id,
                origin=origin.pk,
                actor=actor,
            )
        )
    write(made)
    return made


def _origins(lines: Sequence[BackLine]) -> dict[tuple[str, int], Entry]:
    """What earned the points of these lines, by document and line as they were sold."""
    found = {}
    documents = {line.of_document: named(line.of_document) for line in lines}
    for written, (source, number) in documents.items():
        wanted = [line.of_line for line in lines if line.of_document == written]
        rows = Entry.objects.filter(document=number, source=source, line__in=wanted, kind__in=_EARNED)
        found.update({(written, row.line): row for row in rows})
    return found


def _done(document: Document, lines: Sequence[BackLine]) -> set[int]:
    source, number = document
    told = Entry.objects.filter(
        document=number, source=source, line__in=[line.line for line in lines], kind=EntryKind.REVERSE
    )
    return set(told.values_list("line", flat=True))


def _came_back(origins: Iterable[Entry]) -> dict[int, int]:
    """Fen that came back of each of these before."""
    told = Entry.objects.filter(origin__in=list(origins), kind=EntryKind.REVERSE)
    return dict(told.values_list("origin").annotate(Sum("fen")))
