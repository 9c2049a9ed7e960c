"""How well promises are kept: counts by outcome over a stretch of time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, OuterRef, Subquery

from clothier.kernel.access import Viewer
from clothier.standards.models import Verdict, Waiver


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
    verdicts = Verdict.objects.filter(settled_at__gte=since, settled_at__lt=until, outcome__in=("kept", "broken"))
    if viewer.stores is not None:
        verdicts = verdicts.filter(promise__store_id__in=viewer.stores)
    if store is not None:
        verdicts = verdicts.filter(promise__store_id=store)
    same = Verdict.objects.filter(promise=OuterRef("promise"), cycle=OuterRef("cycle")).order_by("-revision")
    waived = Waiver.objects.filter(promise=OuterRef("promise"), cycle=OuterRef("cycle"), state="approved")
    rows = (
        verdicts.annotate(last=Subquery(same.values("revision")[:1]), waived=Subquery(waived.values("id")[:1]))
        .filter(revision=F("last"), waived__isnull=True)
        .values("promise__key", "outcome")
        .annotate(number=Count("id"))
        .order_by()
    )
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        counts[row["promise__key"]][row["outcome"]] = row["number"]
    return {key: Figures(kept=of.get("kept", 0), broken=of.get("broken", 0)) for key, of in counts.items()}
