"""Cases by month: how many came, of what kind, how they ended, what the customers thought, and what it cost."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, Max, Min, Q, QuerySet, Sum

from clothier.cases.contracts import CompensationState, Holder, State
from clothier.cases.models import Budget, Case, Compensation, Handover, Rating
from clothier.cases.selectors.giving import Given, given_in
from clothier.cases.selectors.months import opened_in
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.staff.selectors import crew_for
from clothier.standards.selectors import Figures, figures_of

# The marks from which on somebody is satisfied.
SATISFIED = 4
ANSWERED = ("complaint_first_reply", "aftersales_answer", "lost_answer")
DONE = ("complaint_solution", "complaint_result", "aftersales_done")
GIVERS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """Cases of one kind, topic, severity, cause and store that were opened in a month; `settled` ended well or were
    closed.
    """

    kind: str
    topic: str
    severity: str
    cause: str
    store: int | None
    opened: int
    settled: int
    reopened: int


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor's legs of a month's cases; `days` on the average, those that are not over counted until now."""

    name: str
    legs: int
    days: float


@dataclass(frozen=True, slots=True)
class Month:
    """A month of cases. `score` is the mean of the marks given (none: nobody did); money in fen.

    `answered` and `done`: the promises made to its cases, as they stand.
    """

    first: date
    rows: tuple[Row, ...]
    rated: int
    score: float | None
    satisfied: int
    given: int
    given_fen: int
    answered: Figures
    done: Figures
    vendors: tuple[Vendor, ...]

    @property
    def opened(self) -> int:
        return sum(row.opened for row in self.rows)

    @property
    def settled(self) -> int:
        return sum(row.settled for row in self.rows)

    @property
    def reopened(self) -> int:
        return sum(row.reopened for row in self.rows)

    def by(self, field: str) -> dict[str, int]:
        """How many were opened by `kind`, `topic`, `severity`, `cause` or `store`, the most first."""
        found: dict[str, int] = {}
        for row in self.rows:
            found[getattr(row, field)] = found.get(getattr(row, field), 0) + row.opened
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def month_report(viewer: Viewer, month: date, *, store: int | None = None) -> Month:
    """The cases of the viewer's stores (or one of them) that were opened in the month of a day."""
    opened = opened_in(month)
    opened = opened if viewer.stores is None else opened.filter(store__in=viewer.stores)
    opened = opened if store is None else opened.filter(store=store)
    good = Count("pk", filter=Q(score__gte=SATISFIED))
    rated = Rating.objects.filter(case__in=opened).aggregate(n=Count("pk"), mean=Avg("score"), good=good)
    issued = Compensation.objects.filter(case__in=opened, state=CompensationState.ISSUED)
    given = issued.aggregate(n=Count("pk"), fen=Sum("fen"))
    ends = opened.aggregate(low=Min("pk"), high=Max("pk"))
    kept = figures_of(
        viewer, kind="case", low=ends["low"] or 0, high=ends["high"] or 0, keys=(*ANSWERED, *DONE), store=store
    )
    return Month(
        first=month.replace(day=1),
        rows=_rows(opened),
        rated=rated["n"],
        score=rated["mean"],
        satisfied=rated["good"],
        given=given["n"],
        given_fen=given["fen"] or 0,
        answered=_sum(kept[key] for key in ANSWERED if key in kept),
        done=_sum(kept[key] for key in DONE if key in kept),
        vendors=_vendors(opened),
    )


def givers_of(viewer: Viewer, month: date, *, store: int | None = None) -> list[Given]:
    """Who of the viewer's people gave most on their own authority in the month of a day, against their budgets."""
    rows = Budget.objects.filter(month=month.replace(day=1), fen__gt=0)
    shops = viewer.stores if store is None else [store]
    if shops is not None:
        rows = rows.filter(employee_id__in={one.id for shop in shops for one in crew_for(viewer, store=shop)})
    most = list(rows.order_by("-fen", "employee_id").values_list("employee_id", flat=True)[:GIVERS])
    return given_in(month.replace(day=1), employees=most)


def _sum(figures: Iterable[Figures]) -> Figures:
    told = list(figures)
    return Figures(kept=sum(one.kept for one in told), broken=sum(one.broken for one in told))


def _rows(opened: "QuerySet[Case]") -> tuple[Row, ...]:
    settled = Count("pk", filter=Q(state__in=(State.CONFIRMED, State.CLOSED)))
    sums = opened.order_by().values_list("kind", "topic", "severity", "cause", "store")
    told = sums.annotate(n=Count("pk"), settled=settled, again=Count("pk", filter=Q(round__gt=1)))
    return tuple(Row(*row) for row in told.order_by("-n"))


def _vendors(opened: "QuerySet[Case]") -> tuple[Vendor, ...]:
    """Each leg from the hand-over to a vendor until the next one."""
    rows = Handover.objects.filter(case__in=opened).order_by("case", "pk")
    legs: dict[str, list[float]] = defaultdict(list)
    away: tuple[int, str, datetime] | None = None
    for case, holder, vendor, at in [*rows.values_list("case", "holder", "vendor", "at"), (0, "", "", clock.now())]:
        if away:
            until = at if away[0] == case else clock.now()
            legs[away[1]].append((until - away[2]) / timedelta(days=1))
        away = (case, vendor, at) if holder == Holder.VENDOR else None
    told = [Vendor(name, len(days), sum(days) / len(days)) for name, days in legs.items()]
    return tuple(sorted(told, key=lambda one: -one.legs))
