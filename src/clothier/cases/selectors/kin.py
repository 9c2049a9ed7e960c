"""Cases like this one: maybe the same matter said twice, of the same customer, of the same goods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from clothier.cases.contracts import OPEN_STATES
from clothier.cases.models import Case, numbered
from clothier.cases.selectors.lists import eyes, seen_from
from clothier.customers.selectors import records_of
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared

# Beyond so many nobody asks how many there are.
MOST = 99
# What was said of a style longer ago was said of other goods.
RECENT = timedelta(days=180)
# Whoever says it twice says it again soon.
SOON = timedelta(days=14)
_COLUMNS = ("pk", "kind", "topic", "state", "opened_at", "store_id", "order_id", "style_id", "cause")


@dataclass(frozen=True, slots=True)
class Relative:
    """A case beside another one, without its words."""

    id: int
    kind: str
    topic: str
    state: str
    opened_at: datetime
    store_id: int | None
    order_id: int | None
    style_id: int | None
    cause: str

    @property
    def number(self) -> str:
        return numbered(self.id)


@dataclass(frozen=True, slots=True)
class Kin:
    """`twins`: probably the same matter; `same_customer`: the person's others; `siblings`: the same style in the
    viewer's stores, first those of the same store and cause. Each but the twins ends after `MOST` and one.
    """

    twins: Sequence[Relative]
    same_customer: Sequence[Relative]
    siblings: Sequence[Relative]

    def alike(self, *, store: int | None = None, cause: str = "") -> int:
        """How many siblings are of this store, and came from this cause, where one is named."""
        wanted = [one for one in self.siblings if store is None or one.store_id == store]
        return sum(not cause or one.cause == cause for one in wanted)


def kin_of(viewer: Viewer, case: Case) -> Kin:
    """The latest of each, the case itself and its duplicates left out."""
    told, style, since = eyes(viewer), case.style_id, case.opened_at - RECENT
    siblings = _siblings(**told, case=case.pk, style=style, since=since, limit=MOST + 1) if style else []
    people = records_of(case.customer_id) if case.customer_id else []
    same = _same(**told, case=case.pk, people=people, limit=MOST + 1) if people else []
    theirs = [Relative(*row) for row in same]
    twins = [one for one in theirs if _twin(one, case)]
    # The nearer first, and among the equally near the later.
    found = sorted((Relative(*row) for row in siblings), key=lambda one: -_shared(one, case))
    return Kin(twins, [one for one in theirs if one not in twins], found)


def _twin(one: Relative, case: Case) -> bool:
    """Both open, said within days of each other, and of the same sale or style; of the same kind, where one of them
    names no goods.
    """
    if not {one.state, case.state} <= set(OPEN_STATES) or abs(one.opened_at - case.opened_at) > SOON:
        return False
    pairs = ((one.order_id, case.order_id), (one.style_id, case.style_id))
    told = [mine == theirs for mine, theirs in pairs if mine and theirs]
    return any(told) if told else one.kind == case.kind and one.topic == case.topic


def _shared(one: Relative, case: Case) -> int:
    return (one.store_id == case.store_id) + (bool(case.cause) and one.cause == case.cause)


@prepared
def _siblings(
    stores: list[int] | None, own: int | None, storeless: bool, case: int, style: int, since: datetime, limit: int
) -> "QuerySet[Case, tuple[int, str, str, str, datetime, int | None, int | None, int | None, str]]":
    others = seen_from(stores, own, storeless).exclude(pk=case).filter(merged_into=None)
    return others.filter(style_id=style, opened_at__gte=since).order_by("-pk").values_list(*_COLUMNS)[:limit]


@prepared
def _same(
    stores: list[int] | None, own: int | None, storeless: bool, case: int, people: list[int], limit: int
) -> "QuerySet[Case, tuple[int, str, str, str, datetime, int | None, int | None, int | None, str]]":
    others = seen_from(stores, own, storeless).exclude(pk=case).filter(merged_into=None)
    return others.filter(customer_id__in=people).order_by("-pk").values_list(*_COLUMNS)[:limit]
