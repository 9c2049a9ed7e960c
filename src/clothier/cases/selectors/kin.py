"""Cases like this one: of the same goods or the same customer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from clothier.cases.contracts import CaseView
from clothier.cases.models import Case
from clothier.cases.selectors.lists import eyes, seen, seen_from
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared

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
    told, style, since = eyes(viewer), case.style_id, case.opened_at - RECENT
    siblings = _siblings(**told, case=case.pk, style=style, since=since) if style else []
    same = _same(**told, case=case.pk, customer=case.customer_id) if case.customer_id else []
    return Kin([seen(row) for row in siblings], [seen(row) for row in same])


@prepared
def _siblings(
    stores: list[int] | None, own: int | None, storeless: bool, case: int, style: int, since: datetime
) -> "QuerySet[Case, Case]":
    others = seen_from(stores, own, storeless).exclude(pk=case).filter(merged_into=None)
    return others.filter(style_id=style, opened_at__gte=since).order_by("-pk")[:SHOWN]


@prepared
def _same(
    stores: list[int] | None, own: int | None, storeless: bool, case: int, customer: int
) -> "QuerySet[Case, Case]":
    others = seen_from(stores, own, storeless).exclude(pk=case).filter(merged_into=None)
    return others.filter(customer_id=customer).order_by("-pk")[:SHOWN]
