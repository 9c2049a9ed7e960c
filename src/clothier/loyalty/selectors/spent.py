"""Points spent, document by document: what the books of a day are held against."""

from collections.abc import Iterable

from clothier.kernel.columns import among, read, table
from clothier.loyalty.contracts import SPENT, EntryKind
from clothier.loyalty.models import Entry
from clothier.loyalty.rules.documents import by_source


def points_kept(documents: Iterable[str]) -> dict[str, int]:
    """Points that each of these documents ("order:12") took, less what was given back of them; none: it is missing."""
    found: dict[str, int] = {}
    for source, numbers in by_source(documents).items():
        which, values = among("e.document", numbers)
        back = f"SELECT SUM(b.points) FROM {table(Entry)} b WHERE b.origin_id = e.id AND b.kind = %s"  # noqa: S608
        taken = f"SELECT e.document, e.points + COALESCE(({back}), 0) FROM {table(Entry)} e"  # noqa: S608
        asked = [EntryKind.GIVE_BACK.value, *values, source, *SPENT]
        for number, points in read(f"{taken} WHERE {which} AND e.source = %s AND e.kind IN (%s, %s)", asked):
            document = f"{source}:{number}"
            found[document] = found.get(document, 0) - int(points)
    return found
