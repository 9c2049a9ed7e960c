"""What people asked: gaps by how often, marks as test cases; and how their words are kept."""

from dataclasses import dataclass

from django.db.models import QuerySet

from clothier.kernel.redaction import scrub
from clothier.kernel.rows import prepared
from clothier.knowledge.contracts import Lesson
from clothier.knowledge.models import Gap, Mark, Wording
from clothier.knowledge.rules.alike import ENOUGH, likeness, pairs
from clothier.language.services import normalise

LONGEST = 300
# How many open gaps a new question is held against, and how many an editor is shown.
MOST = 300


def as_asked(text: str) -> str:
    """A question as it may be kept: phone numbers, addresses and the like blanked, no longer than a question is."""
    return scrub(" ".join(text.split()))[:LONGEST]


def plain(text: str) -> str:
    """The same for every way of typing the same; "" for a text without any word."""
    return normalise(as_asked(text)).strip(" ?!.,~。？！，、")[:LONGEST]


@dataclass(frozen=True, slots=True)
class GapView:
    gap: Gap
    wordings: tuple[Wording, ...]


def gaps(*, limit: int = 100) -> list[GapView]:
    """Open questions without an answer, the most asked first; two queries."""
    rows = _gaps(limit=limit)
    told: dict[int, list[Wording]] = {}
    for one in _wordings(gaps=[row.pk for row in rows]):
        told.setdefault(one.gap_id, []).append(one)
    return [GapView(row, tuple(told.get(row.pk, ()))) for row in rows]


@prepared
def _gaps(limit: int) -> "QuerySet[Gap, Gap]":
    return Gap.objects.filter(state=Gap.State.OPEN).order_by("-count", "-pk")[:limit]


@prepared
def _wordings(gaps: list[int]) -> "QuerySet[Wording, Wording]":
    return Wording.objects.filter(gap__in=gaps).order_by("-count", "pk")


def gap(pk: int) -> GapView | None:
    row = Gap.objects.filter(pk=pk).select_related("article").first()
    return GapView(row, tuple(row.wordings.order_by("-count", "pk"))) if row else None


def nearest_gap(asked: str) -> Gap | None:
    """The open gap that a normalised question is another wording of."""
    mine = pairs(asked)
    best, found = ENOUGH, None
    for row in Gap.objects.filter(state=Gap.State.OPEN).order_by("-count", "-pk")[:MOST]:
        if (near := likeness(mine, pairs(plain(row.text)))) >= best:
            best, found = near, row
    return found


def marks(*, before: int | None = None, limit: int = 20) -> list[Mark]:
    """False answers: on the first page those nobody has looked at, then the settled ones, the newest first."""
    waiting = [] if before else _marks(settled=False, before=None, limit=limit)
    return [*waiting, *_marks(settled=True, before=before, limit=limit)]


@prepared
def _marks(settled: bool, before: int | None, limit: int) -> "QuerySet[Mark, Mark]":
    rows = Mark.objects.select_related("article", "right").order_by("-pk").filter(settled_at__isnull=not settled)
    return (rows.filter(pk__lt=before) if before else rows)[:limit]


def mark(pk: int) -> Mark | None:
    return Mark.objects.select_related("article", "right").filter(pk=pk).first()


def lessons() -> list[Lesson]:
    """Every settled mark as a test case, oldest first."""
    rows = Mark.objects.exclude(settled_at=None).select_related("article", "right").order_by("pk")
    return [
        Lesson(row.pk, row.text, row.right.key if row.right else None, row.article.key if row.article else None)
        for row in rows
    ]
