"""What is open with a customer: for whoever stands in front of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from clothier.cases.contracts import OPEN_STATES, CaseView
from clothier.cases.models import Case
from clothier.cases.selectors.lists import seen
from clothier.kernel.rows import prepared
from clothier.kernel.words import shown

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Matter:
    """An open case in words. `state` says where it stands, or who has the goods."""

    case: CaseView
    kind: str
    state: str


def open_matters(customers: Iterable[int], *, limit: int = SHOWN) -> list[Matter]:
    """Open cases of a person (all of their records), the newest first; whatever store they are in."""
    return [Matter(seen(row), shown(row, "kind"), _where(row)) for row in _open(customers=customers, limit=limit)]


def _where(row: Case) -> str:
    if row.holder and row.holder != "shop":
        return shown(row, "holder")
    return shown(row, "waiting_for" if row.waiting_for else "state")


def spoken_of(thread: int, *, kind: str) -> bool:
    """Whether an open case of this kind is linked to a conversation."""
    return Case.objects.filter(threads__thread_id=thread, kind=kind, state__in=OPEN_STATES).exists()


@prepared
def _open(customers: list[int], limit: int) -> "QuerySet[Case, Case]":
    rows = Case.objects.filter(customer_id__in=customers, state__in=[state.value for state in OPEN_STATES])
    return rows.order_by("-id")[:limit]
