"""Lists of cases for a viewer, page by key, the newest first."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict

from django.db.models import Max, Min, Q, QuerySet

from clothier.cases.contracts import OPEN_STATES, CasePage, CaseView, Holder, Kind, Severity, State, Topic
from clothier.cases.models import Case
from clothier.cases.selectors.months import opened_in
from clothier.kernel.access import HEAD_OFFICE, Role, Viewer

# What belongs to no store is for those who answer customers of the whole chain.
_STORELESS = HEAD_OFFICE | {Role.AGENT}
LIMIT = 50


def visible(viewer: Viewer) -> QuerySet[Case]:
    """The cases of the viewer's stores, those without a store for agents and head office, and the viewer's own."""
    return seen_from(**eyes(viewer))


class Eyes(TypedDict):
    """What a question about the viewer's cases is asked with: every store, or these, their own, and those of none."""

    stores: list[int] | None
    own: int | None
    storeless: bool


def eyes(viewer: Viewer) -> Eyes:
    if viewer.stores is None:
        return Eyes(stores=None, own=None, storeless=False)
    # No store and nobody has the number 0: who has none still has the others.
    return Eyes(stores=sorted(viewer.stores) or [0], own=viewer.employee or 0, storeless=viewer.role in _STORELESS)


def seen_from(stores: list[int] | None, own: int | None, storeless: bool) -> QuerySet[Case]:
    """`visible` for prepared questions."""
    if stores is None:
        return Case.objects.all()
    mine = Q(store__in=stores) | Q(owner_id=own)
    return Case.objects.filter(mine | Q(store=None) if storeless else mine)


def cases_for(
    viewer: Viewer,
    *,
    states: Iterable[State | str] = OPEN_STATES,
    kinds: Iterable[Kind | str] = (),
    topic: Topic | str = "",
    severity: Severity | str = "",
    store: int | None = None,
    owner: int | None = None,
    unowned: bool = False,
    ids: Iterable[int] = (),
    customer: Iterable[int] = (),
    style: int | None = None,
    cause: str | None = None,
    month: date | None = None,
    before: int | None = None,
    limit: int = LIMIT,
) -> CasePage:
    """Cases that are open (no `states`: in any state), the newest first; `before` is the page before's."""
    wanted = list(states)
    rows = visible(viewer)
    # Said as the index says it, so that what is open is found among a million that are not.
    rows = rows.filter(state__in=OPEN_STATES) if wanted and set(wanted) <= set(OPEN_STATES) else rows
    rows = rows.filter(state__in=wanted) if wanted and wanted != list(OPEN_STATES) else rows
    asked: dict[str, Any] = {
        "kind__in": list(kinds) or None,
        "topic": topic or None,
        "severity": severity or None,
        "store": store,
        "owner_id": owner,
        "owner_id__isnull": unowned or None,
        "pk__in": list(ids) or None,
        "customer_id__in": list(customer) or None,
        "style_id": style,
        "cause": cause,
        "pk__lt": before,
    }
    rows = rows.filter(**{name: value for name, value in asked.items() if value is not None})
    if month is not None:
        # By the ends of the month, so that a page far back is not looked for from today.
        ends = opened_in(month).aggregate(low=Min("pk"), high=Max("pk"))
        rows = opened_in(month, rows).filter(pk__gte=ends["low"] or 0, pk__lte=ends["high"] or 0)
    found = list(rows.order_by("-pk")[: limit + 1])
    views = [seen(row) for row in found[:limit]]
    return CasePage(views, views[-1].id if len(found) > limit else None)


def seen(row: Case) -> CaseView:
    return CaseView(
        id=row.pk,
        number=row.number,
        kind=Kind(row.kind),
        topic=Topic(row.topic),
        severity=Severity(row.severity),
        complex=row.complex,
        state=State(row.state),
        waiting_for=row.waiting_for,
        holder=Holder(row.holder),
        store_id=row.store_id,
        customer_id=row.customer_id,
        owner_id=row.owner_id,
        cause=row.cause,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        summary=row.unseal(row.sealed),
    )
