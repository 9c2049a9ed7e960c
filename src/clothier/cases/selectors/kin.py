"""Cases like this one: of the same goods or the same customer."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from clothier.cases.contracts import CaseView
from clothier.cases.models import Case
from clothier.cases.selectors.lists import seen, visible
from clothier.kernel.access import Viewer

SHOWN = 10
# What was said of a style longer ago was said of other goods.
RECENT = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Kin:
    """`siblings`: the same style in the viewer's stores; `same_customer`: maybe the same matter, said twice."""

    siblings: list[CaseView]
    same_customer: list[CaseView]


def kin_of(viewer: Viewer, case: Case) -> Kin:
    """The latest of each, the case itself and its duplicates left out."""
    others = visible(viewer).exclude(pk=case.pk).filter(merged_into=None).order_by("-pk")
    siblings = others.filter(style_id=case.style_id, opened_at__gte=case.opened_at - RECENT)
    same = others.filter(customer_id=case.customer_id)
    return Kin(
        _views(siblings) if case.style_id else [],
        _views(same) if case.customer_id else [],
    )


def _views(rows: "QuerySet[Case]") -> list[CaseView]:
    return [seen(row) for row in rows[:SHOWN]]
