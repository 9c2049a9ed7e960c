"""How well promises are kept: counts by outcome over a stretch of time."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.kernel.snapshots import Extract
from clothier.standards.models import Promise, Verdict, Waiver


@dataclass(frozen=True, slots=True)
class Figures:
    """Kept and broken verdicts; cancelled and waived ones count on neither side."""

    kept: int = 0
    broken: int = 0

    @property
    def rate(self) -> float | None:
        """Kept among kept and broken, 0…1; None when nothing was decided."""
        decided = self.kept + self.broken
        return self.kept / decided if decided else None


def promise_figures(
    viewer: Viewer, *, since: datetime, until: datetime, store: int | None = None
) -> dict[str, Figures]:
    """Figures by promise key, of the verdicts that settled in [since, until); the latest revision of each counts."""
    if store is not None:
        rows = (
            _of_store(store=store, since=since, until=until) if viewer.stores is None or store in viewer.stores else []
        )
    else:
        mine = Q() if viewer.stores is None else Q(promise__store_id__in=viewer.stores)
        rows = list(_counted(mine, since, until))
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for key, outcome, number in rows:
        counts[key][outcome] = number
    return {key: Figures(kept=of.get("kept", 0), broken=of.get("broken", 0)) for key, of in counts.items()}


def figures_of(
    viewer: Viewer, *, kind: str, low: int, high: int, keys: Collection[str], store: int | None = None
) -> dict[str, Figures]:
    """How the promises stand that were made about things of a kind with ids from `low` to `high`, by key.

    A range of one index, however many other promises there are.
    """
    rows = Promise.objects.filter(subject_kind=kind, subject_id__gte=low, subject_id__lte=high, key__in=list(keys))
    rows = rows if viewer.stores is None else rows.filter(store_id__in=viewer.stores)
    rows = rows if store is None else rows.filter(store_id=store)
    told = rows.filter(state__in=[Promise.State.KEPT, Promise.State.BROKEN]).order_by().values_list("key", "state")
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for key, state, number in told.annotate(number=Count("id")):
        counts[key][state] = number
    return {key: Figures(kept=of.get("kept", 0), broken=of.get("broken", 0)) for key, of in counts.items()}


def verdict_moments(promises: Iterable[int]) -> "QuerySet[Verdict, tuple[int | None, datetime]]":
    """The store and moment of every verdict ever given on these promises, replaced ones too."""
    return Verdict.objects.filter(promise__in=promises).values_list("promise__store_id", "settled_at")


@prepared
def _of_store(store: int, since: datetime, until: datetime) -> "QuerySet[Verdict, tuple[str, str, int]]":
    return _counted(Q(promise__store_id=store), since, until)


def _counted(where: Q, since: datetime, until: datetime) -> "QuerySet[Verdict, tuple[str, str, int]]":
    """Verdicts that stand, by key and outcome."""
    standing = _standing(since, until).filter(where).values("promise__key", "outcome")
    return standing.annotate(number=Count("id")).values_list("promise__key", "outcome", "number")


def outcomes_by_store(
    *, stores: Collection[int], since: datetime, until: datetime
) -> "QuerySet[Verdict, tuple[int | None, str, int]]":
    """(store, kept or broken, how many) of the verdicts that settled in [since, until) and stand."""
    mine = _standing(since, until).filter(promise__store_id__in=list(stores)).values("promise__store_id", "outcome")
    return mine.annotate(number=Count("id")).values_list("promise__store_id", "outcome", "number")


def extracts() -> list[Extract]:
    """What `outcomes_by_store` reads."""
    return [
        Extract(Promise, ("id", "store_id")),
        Extract(Verdict, ("id", "promise_id", "cycle", "revision", "outcome", "settled_at")),
        Extract(Waiver, ("id", "promise_id", "cycle", "state")),
    ]


def _standing(since: datetime, until: datetime) -> QuerySet[Verdict]:
    """Verdicts that decided something; those a later revision replaced or a waiver took away do not count."""
    same = {"promise": OuterRef("promise"), "cycle": OuterRef("cycle")}
    later = Verdict.objects.filter(**same, revision__gt=OuterRef("revision"))
    waived = Waiver.objects.filter(**same, state=Waiver.State.APPROVED)
    settled = Verdict.objects.filter(settled_at__gte=since, settled_at__lt=until, outcome__in=("kept", "broken"))
    return settled.filter(~Exists(later), ~Exists(waived)).order_by()
