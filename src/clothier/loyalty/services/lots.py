"""Lots held and moved. Whoever moves points of a person holds the person's open lots first, in the order of their ids:
two tills with the same last points wait for each other, and no two wait in a circle.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from clothier.customers.selectors import records_of_all
from clothier.kernel import clock, columns, rows
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.loyalty.contracts import EntryKind
from clothier.loyalty.models import Entry, Lot
from clothier.loyalty.rules.points import Open, allocate

Document = tuple[str, str]


def named(document: Ref | str) -> Document:
    """Kind and number of a document written "order:12". Refused when it has no kind or no number."""
    source, _colon, number = str(document).partition(":")
    if not source or not number or len(source) > 20 or len(number) > 40:
        raise Refused(_("单据要写明类型和单号。"), field="document")
    return source, number


def hold(*customers: int) -> list[Lot]:
    """All lots of these people with something in them, or owing something, locked until the transaction ends."""
    mine = Lot.objects.filter(customer_id__in=records_of_all(customers)).exclude(remaining=0)
    return list(mine.select_for_update().order_by("pk"))


def hold_lots(ids: Iterable[int]) -> dict[int, Lot]:
    """These lots, locked until the transaction ends."""
    return {lot.pk: lot for lot in Lot.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")}


def entries_of(document: Document, *kinds: EntryKind) -> list[Entry]:
    source, number = document
    return list(Entry.objects.filter(document=number, source=source, kind__in=kinds).order_by("line"))


def take(lot: int, points: int) -> None:
    """Take points out of a lot that has them. The condition guards what the lock already promises."""
    if not Lot.objects.filter(pk=lot, remaining__gte=points).update(remaining=F("remaining") - points):
        raise AssertionError("a held lot lost points to somebody else")


def put(lot: int, points: int) -> None:
    """Put points into a lot, or take out (negative) what may leave it owing."""
    Lot.objects.filter(pk=lot).update(remaining=F("remaining") + points)


def entry(
    lot: Lot,
    *,
    document: Document,
    line: int,
    kind: EntryKind,
    points: int,
    at: datetime,
    fen: int = 0,
    rate: int = 0,
    campaign: int | None = None,
    origin: int | None = None,
    actor: int | None = None,
) -> Entry:
    return rows.new(
        Entry,
        source=document[0],
        document=document[1],
        line=line,
        kind=kind.value,
        lot_id=lot.pk,
        customer_id=lot.customer_id,
        points=points,
        fen=fen,
        rate=rate,
        campaign_id=campaign,
        origin_id=origin,
        occurred_at=at,
        recorded_at=clock.now(),
        actor_id=actor,
    )


def write(entries: Sequence[Entry]) -> None:
    """Raises IntegrityError when one of them is there already: the same line of a document moves points once."""
    rows.insert(entries)


def settle(customers: Iterable[int]) -> None:
    """What a person's lots owe is paid from the others, earliest expiry first, so that nothing expires meanwhile."""
    whose, values = columns.among("customer_id", records_of_all(customers))
    owing = f"SELECT DISTINCT customer_id FROM {columns.table(Lot)} WHERE {whose} AND remaining < 0"  # noqa: S608
    for (customer,) in sorted(columns.read(owing, values)):
        held = hold(customer)
        for debt in [lot for lot in held if lot.remaining < 0]:
            _settle(debt, [lot for lot in held if lot.remaining > 0])


def _settle(debt: Lot, lots: list[Lot]) -> None:
    by_id = {lot.pk: lot for lot in lots}
    document = "lot", str(debt.pk)
    line = Entry.objects.filter(document=document[1], source=document[0], kind=EntryKind.SETTLE).count()
    now = clock.now()
    made: list[Entry] = []
    open_lots = [Open(lot.pk, lot.remaining, lot.expires_at) for lot in lots if lot.expires_at > now]
    for pk, points in allocate(open_lots, -debt.remaining):
        take(pk, points)
        put(debt.pk, points)
        by_id[pk].remaining -= points
        debt.remaining += points
        for lot, moved in ((by_id[pk], -points), (debt, points)):
            made.append(entry(lot, document=document, line=line, kind=EntryKind.SETTLE, points=moved, at=now))
            line += 1
    write(made)
