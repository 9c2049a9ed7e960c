"""The cases' books: every row is what its events add up to, and what was issued was told once."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, Sum

from clothier.cases.contracts import CompensationState
from clothier.cases.events import CaseCompensated, CaseOpened
from clothier.cases.models import Budget, Case, Compensation
from clothier.cases.rules.course import Standing, replayed
from clothier.eventlog.selectors import history_between
from clothier.kernel.stretches import Look, every


@dataclass(frozen=True, slots=True)
class Difference:
    """A case, compensation or budget (`kind`), and what of it is not what its source says."""

    kind: str
    id: int
    column: str


def case_differences(look: Look = every) -> Iterator[Difference]:
    """A case's columns are the replay of its events (as far as the log still holds them all); an issued compensation
    was told once; a budget is what was granted on it.
    """
    for low, high in look(Case.objects.aggregate(top=Max("pk"))["top"] or 0):
        yield from _cases(low, high)
    for low, high in look(Budget.objects.aggregate(top=Max("pk"))["top"] or 0):
        yield from _budgets(low, high)


def _cases(low: int, high: int) -> Iterator[Difference]:
    told = defaultdict(list)
    for entry in history_between("case", low, high):
        told[entry.subject_id].append(entry)
    issued = Compensation.objects.filter(case__gte=low, case__lt=high, state=CompensationState.ISSUED)
    given = defaultdict(list)
    for pk, case in issued.values_list("pk", "case_id"):
        given[case].append(pk)
    for row in Case.objects.filter(pk__gte=low, pk__lt=high).defer("sealed", "key").order_by("pk"):
        entries = told[row.pk]
        if not entries or entries[0].type != CaseOpened.type:
            # Its beginning was archived: the log does not tell the whole of it any more.
            continue
        standing = replayed(entry.event for entry in entries)
        for name in Standing.__slots__:
            if getattr(standing, name) != getattr(row, name):
                yield Difference("case", row.pk, name)
        said = Counter(e.payload["compensation_id"] for e in entries if e.type == CaseCompensated.type)
        if said != Counter(given[row.pk]):
            yield Difference("case", row.pk, "compensations")


def _budgets(low: int, high: int) -> Iterator[Difference]:
    for budget in Budget.objects.filter(pk__gte=low, pk__lt=high):
        mine = Compensation.objects.filter(granted_by=budget.employee_id)
        if (mine.aggregate(fen=Sum("fen"))["fen"] or 0) < budget.fen:
            yield Difference("budget", budget.pk, "fen")
