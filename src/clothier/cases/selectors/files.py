"""One case with everything that belongs to it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from clothier.cases.contracts import CaseView, NoteKind, NoteView
from clothier.cases.models import (
    Approval,
    Attempt,
    Case,
    CaseLine,
    CaseLink,
    CaseNote,
    CasePhoto,
    CaseThread,
    Compensation,
    Handover,
    Rating,
    Waiting,
)
from clothier.cases.selectors.lists import seen, visible
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared

NOTES = 200


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as its page shows it; notes the oldest first. Its promises are `standards.selectors`' to tell."""

    case: Case
    view: CaseView
    notes: tuple[NoteView, ...]
    lines: tuple[CaseLine, ...]
    photos: tuple[CasePhoto, ...]
    handovers: tuple[Handover, ...]
    waitings: tuple[Waiting, ...]
    compensations: tuple[Compensation, ...]
    approvals: dict[int, Approval]
    attempts: tuple[Attempt, ...]
    rating: Rating | None
    threads: tuple[int, ...]
    links: tuple[CaseLink, ...]

    def words(self, sealed: str) -> str:
        """Sealed words of this case, "" once its customer was erased."""
        return self.case.unseal(sealed)


def case_for(viewer: Viewer, case: int) -> CaseFile | None:
    """A case of the viewer's with all that belongs to it; None where there is none."""
    row = visible(viewer).select_related("store", "merged_into").filter(pk=case).first()
    return file_of(row) if row else None


def threads_of(case: int) -> list[int]:
    """The conversations in which a case is spoken of, the first linked first."""
    return list(CaseThread.objects.filter(case=case).order_by("pk").values_list("thread_id", flat=True))


def file_of(row: Case) -> CaseFile:
    compensations = tuple(Compensation.objects.filter(case=row).order_by("pk"))
    decided = Approval.objects.filter(compensation__in=compensations) if compensations else []
    return CaseFile(
        case=row,
        view=seen(row),
        notes=tuple(noted(row, one) for one in _notes(case=row.pk)),
        lines=tuple(CaseLine.objects.filter(case=row).order_by("pk")),
        photos=tuple(CasePhoto.objects.filter(case=row).order_by("pk")),
        handovers=tuple(Handover.objects.filter(case=row).order_by("pk")),
        waitings=tuple(Waiting.objects.filter(case=row).order_by("pk")),
        compensations=compensations,
        approvals={one.compensation_id: one for one in decided},
        attempts=tuple(Attempt.objects.filter(case=row).order_by("pk")),
        rating=Rating.objects.filter(case=row).first(),
        threads=tuple(CaseThread.objects.filter(case=row).order_by("pk").values_list("thread_id", flat=True)),
        links=tuple(CaseLink.objects.filter(Q(a=row) | Q(b=row)).select_related("a", "b").order_by("pk")),
    )


@prepared
def _notes(case: int) -> "QuerySet[CaseNote, CaseNote]":
    return CaseNote.objects.filter(case_id=case).order_by("id")[:NOTES]


def noted(row: Case, one: CaseNote) -> NoteView:
    return NoteView(
        id=one.pk,
        kind=NoteKind(one.kind),
        author_id=one.author_id,
        channel=one.channel,
        at=one.at,
        text=row.unseal(one.sealed),
    )
