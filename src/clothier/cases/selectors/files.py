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
from clothier.cases.selectors.lists import eyes, seen, seen_from
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
    return next(map(file_of, _visible(**eyes(viewer), case=case)), None)


@prepared
def _visible(stores: list[int] | None, own: int | None, storeless: bool, case: int) -> "QuerySet[Case, Case]":
    return seen_from(stores, own, storeless).select_related("store", "merged_into").filter(pk=case)


def threads_of(case: int) -> list[int]:
    """The conversations in which a case is spoken of, the first linked first."""
    return _threads(case=case)


def file_of(row: Case) -> CaseFile:
    compensations = tuple(_given(case=row.pk))
    decided = _decided(given=[one.pk for one in compensations]) if compensations else []
    return CaseFile(
        case=row,
        view=seen(row),
        notes=tuple(noted(row, one) for one in _notes(case=row.pk)),
        lines=tuple(_lines(case=row.pk)),
        photos=tuple(_photos(case=row.pk)),
        handovers=tuple(_handed(case=row.pk)),
        waitings=tuple(_waited(case=row.pk)),
        compensations=compensations,
        approvals={one.compensation_id: one for one in decided},
        attempts=tuple(_attempts(case=row.pk)),
        rating=next(iter(_rated(case=row.pk)), None),
        threads=tuple(_threads(case=row.pk)),
        links=tuple(_links(case=row.pk)),
    )


@prepared
def _links(case: int) -> "QuerySet[CaseLink, CaseLink]":
    return CaseLink.objects.filter(Q(a=case) | Q(b=case)).select_related("a", "b").order_by("pk")


@prepared
def _lines(case: int) -> "QuerySet[CaseLine, CaseLine]":
    return CaseLine.objects.filter(case_id=case).order_by("id")


@prepared
def _photos(case: int) -> "QuerySet[CasePhoto, CasePhoto]":
    return CasePhoto.objects.filter(case_id=case).order_by("id")


@prepared
def _handed(case: int) -> "QuerySet[Handover, Handover]":
    return Handover.objects.filter(case_id=case).order_by("id")


@prepared
def _waited(case: int) -> "QuerySet[Waiting, Waiting]":
    return Waiting.objects.filter(case_id=case).order_by("id")


@prepared
def _given(case: int) -> "QuerySet[Compensation, Compensation]":
    return Compensation.objects.filter(case_id=case).order_by("id")


@prepared
def _decided(given: list[int]) -> "QuerySet[Approval, Approval]":
    return Approval.objects.filter(compensation_id__in=given)


@prepared
def _attempts(case: int) -> "QuerySet[Attempt, Attempt]":
    return Attempt.objects.filter(case_id=case).order_by("id")


@prepared
def _rated(case: int) -> "QuerySet[Rating, Rating]":
    return Rating.objects.filter(case_id=case)


@prepared
def _threads(case: int) -> "QuerySet[CaseThread, int]":
    return CaseThread.objects.filter(case_id=case).order_by("id").values_list("thread_id", flat=True)


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
