"""Messages become findable: a moment after they were said, many at once, by one worker at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from clothier.conversations.finding import folded, hashes, packed, unpacked
from clothier.conversations.models import Cursor, Message, Occurrence
from clothier.conversations.models.search import BLOCK
from clothier.conversations.rules.searching import marks
from clothier.conversations.sealing import opened
from clothier.kernel import columns

TURN = "search"
Marks = dict[tuple[int, int], list[int]]


def index_due(*, limit: int = 500) -> int:
    """A chore: index what was said lately; how many. Until then a search opens these messages themselves."""
    waiting = Message.objects.filter(indexed=False)
    if not waiting.exists():
        return 0
    Cursor.objects.get_or_create(pk=TURN)
    with transaction.atomic():
        Cursor.objects.select_for_update().get(pk=TURN)
        rows = list(waiting.select_related("contact").order_by("pk")[:limit])
        add(_marks(rows))
        Message.objects.filter(pk__in=[row.pk for row in rows]).update(indexed=True)
        return len(rows)


def remove(rows: Sequence[Message]) -> None:
    """Messages are found no more; while they can still be read, within the transaction that ends that."""
    Cursor.objects.get_or_create(pk=TURN)
    Cursor.objects.select_for_update().get(pk=TURN)
    gone = _marks(rows)
    kept = [
        Occurrence(pk=row.pk, mark=row.mark, block=row.block, places=_without(row.places, gone[row.mark, row.block]))
        for row in _held(gone)
    ]
    Occurrence.objects.bulk_update(kept, ["places"], batch_size=200)


def add(found: Marks) -> None:
    """Within the turn."""
    held = {(row.mark, row.block): unpacked(row.places).tolist() for row in _held(found)}
    rows = [
        Occurrence(mark=mark, block=block, places=packed([*held.get((mark, block), ()), *places]))
        for (mark, block), places in found.items()
    ]
    Occurrence.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["mark", "block"], update_fields=["places"], batch_size=200
    )


def _marks(rows: Iterable[Message]) -> Marks:
    found: Marks = defaultdict(list)
    for row in rows:
        text = opened(row.contact.key, row.sealed)
        block, place = divmod(row.pk, BLOCK)
        for mark in hashes(marks(folded(text))) if text else ():
            found[mark, block].append(place)
    return found


def _held(found: Marks) -> list[Occurrence]:
    blocks: dict[int, list[int]] = defaultdict(list)
    for mark, block in found:
        blocks[block].append(mark)
    return [row for block, wanted in blocks.items() for row in _of_block(block, wanted)]


def _of_block(block: int, wanted: list[int]) -> list[Occurrence]:
    among, values = columns.among("mark", wanted)
    statement = f"SELECT id, mark, block, places FROM {columns.table(Occurrence)} WHERE block = %s AND {among}"  # noqa: S608
    return list(Occurrence.objects.raw(statement, [block, *values]))


def _without(places: bytes | memoryview, gone: list[int]) -> bytes:
    return packed(set(unpacked(places).tolist()) - set(gone))
