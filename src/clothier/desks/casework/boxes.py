"""The boxes cases lie in, and what a list shows of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from clothier.cases.contracts import CasePage, CaseView, Kind, Severity, State, Topic
from clothier.cases.selectors import approvals_for, cases_for
from clothier.customers.selectors import faces, find, records_of_all
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.refs import number
from clothier.staff.selectors import names_of
from clothier.standards.contracts import PromiseView
from clothier.standards.selectors import due_soon, duties, subjects_promises

PAGE = 30
# How far ahead "about to break" looks; what broke and still waits is in it too.
SOON = timedelta(hours=6)
MOST = 200

BOXES: dict[str, Promise] = {
    "mine": pgettext_lazy("case box", "我的"),
    "duty": pgettext_lazy("case box", "要我出面"),
    "store": pgettext_lazy("case box", "进行中"),
    "unassigned": pgettext_lazy("case box", "没人负责"),
    "breaking": pgettext_lazy("case box", "快超时"),
    "waiting": pgettext_lazy("case box", "等待中"),
    "approval": pgettext_lazy("case box", "待批准"),
    "all": pgettext_lazy("case box", "全部"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; what makes no sense is left out."""

    box: str
    kind: str
    topic: str
    severity: str
    store: int | None
    query: str
    before: int | None
    cause: str | None = None
    month: date | None = None
    style: int | None = None
    customer: int | None = None

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        box, kind = query.get("box", ""), query.get("kind", "")
        topic, severity = query.get("topic", ""), query.get("severity", "")
        return cls(
            box=box if box in BOXES else "mine",
            kind=kind if kind in set(Kind) else "",
            topic=topic if topic in set(Topic) else "",
            severity=severity if severity in set(Severity) else "",
            store=number(query.get("store", "")),
            query=query.get("q", "").strip()[:60],
            before=number(query.get("before", "")),
            cause=query.get("cause"),
            month=month_of(query.get("month", "")),
            style=number(query.get("style", "")),
            customer=number(query.get("customer", "")),
        )


def month_of(text: str) -> date | None:
    """The first day of a month written "2026-11"; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a list; `clock` is the most pressing of its open promises."""

    case: CaseView
    who: str
    owner: str
    store: str
    clock: PromiseView | None


def page_of(viewer: Viewer, asked: Asked, *, limit: int = PAGE) -> CasePage:
    """A page of the box, the newest first; of what is about to break the most pressing first."""
    told: dict[str, Any] = {
        "kinds": [asked.kind] if asked.kind else (),
        "topic": asked.topic,
        "severity": asked.severity,
        "store": asked.store,
        "cause": asked.cause,
        "month": asked.month,
        "style": asked.style,
        "before": asked.before,
        "limit": limit,
    }
    if asked.query or asked.customer:
        # A name finds people, a number is one; either way all that they ever came with.
        people = [found.customer_id for found in find(viewer, asked.query)] if asked.query else [asked.customer or 0]
        records = records_of_all(people)
        return cases_for(viewer, states=(), customer=records, **told) if records else CasePage([], None)
    match asked.box:
        case "mine":
            return cases_for(viewer, owner=viewer.employee or 0, **told)
        case "unassigned":
            return cases_for(viewer, unowned=True, **told)
        case "waiting":
            return cases_for(viewer, states=[State.WAITING], **told)
        case "all":
            return cases_for(viewer, states=(), **told)
        case "breaking":
            return _named(viewer, [view.subject.id for view in _pressing(viewer)], told)
        case "duty":
            called = duties(viewer, keys=CASE_PROMISES, roles=CALLED)
            return _named(viewer, [view.subject.id for view in called if view.subject.kind == "case"], told)
        case "approval":
            return _named(viewer, [asked.case_id for asked in approvals_for(viewer)], told)
    return cases_for(viewer, **told)


def rows_of(viewer: Viewer, cases: Iterable[CaseView], stores: dict[int, str]) -> list[Row]:
    """What a list shows of them, in four questions however many there are."""
    shown = list(cases)
    people = faces(viewer, [case.customer_id for case in shown])
    owners = names_of([case.owner_id for case in shown])
    clocks = subjects_promises(viewer, kind="case", ids=[case.id for case in shown], language=get_language() or "zh")
    return [
        Row(
            case=case,
            who=people[case.customer_id].name if case.customer_id in people else "",
            owner=owners.get(case.owner_id or 0, ""),
            store=stores.get(case.store_id or 0, ""),
            clock=min(clocks.get(case.id, []), key=_rank, default=None),
        )
        for case in shown
    ]


def _named(viewer: Viewer, ids: list[int], told: dict[str, Any]) -> CasePage:
    """Those of the cases that are asked for, in the order they were named; one page is all there is."""
    if not ids:
        return CasePage([], None)
    place = {pk: at for at, pk in reversed(list(enumerate(ids)))}
    found = cases_for(viewer, states=(), ids=ids, **(told | {"before": None, "limit": MOST})).cases
    return CasePage(sorted(found, key=lambda case: place[case.id]), None)


def _pressing(viewer: Viewer) -> list[PromiseView]:
    due = due_soon(viewer, before=clock.now() + SOON, keys=CASE_PROMISES, limit=MOST)
    return [view for view in due if view.subject.kind == "case"]


# The promises whose subject is a case; a promise of the shop's own making on a case shows in its ring, not in this box.
CASE_PROMISES = (
    "complaint_first_reply",
    "complaint_solution",
    "complaint_result",
    "complex_contact",
    "serious_solution",
    "aftersales_answer",
    "aftersales_done",
    "lost_answer",
)

# Who is called as soon as such a promise begins; everybody else when its ladder tells them.
CALLED = ("specialist", "general_manager")


def _rank(promise: PromiseView) -> tuple[bool, float]:
    due = promise.due_at.timestamp() if promise.due_at else float("inf")
    return promise.state not in ("running", "broken"), due
