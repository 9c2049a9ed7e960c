"""Cases by month: how many came, of what kind, how they ended, and what the customers thought."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.utils import timezone

from clothier.cases.contracts import CompensationState, State
from clothier.cases.models import Case, Compensation, Rating
from clothier.kernel.access import Viewer


@dataclass(frozen=True, slots=True)
class Row:
    """Cases of one kind, topic, severity and cause that were opened in a month; `settled` ended well or were closed."""

    kind: str
    topic: str
    severity: str
    cause: str
    opened: int
    settled: int
    reopened: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month of cases. `score` is the mean of the marks given (none: nobody did); money in fen."""

    first: date
    rows: tuple[Row, ...]
    rated: int
    score: float | None
    given: int
    given_fen: int

    @property
    def opened(self) -> int:
        return sum(row.opened for row in self.rows)

    def by(self, field: str) -> dict[str, int]:
        """How many were opened by `kind`, `topic`, `severity` or `cause`, the most first."""
        found: dict[str, int] = {}
        for row in self.rows:
            found[getattr(row, field)] = found.get(getattr(row, field), 0) + row.opened
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def month_report(viewer: Viewer, month: date, *, store: int | None = None) -> Month:
    """The cases of the viewer's stores (or one of them) that were opened in the month of a day."""
    first = month.replace(day=1)
    start, end = _midnight(first), _midnight((first + timedelta(days=32)).replace(day=1))
    opened = Case.objects.filter(opened_at__gte=start, opened_at__lt=end)
    opened = opened if viewer.stores is None else opened.filter(store__in=viewer.stores)
    opened = opened if store is None else opened.filter(store=store)
    rated = Rating.objects.filter(case__in=opened).aggregate(n=Count("pk"), score=Avg("score"))
    issued = Compensation.objects.filter(case__in=opened, state=CompensationState.ISSUED)
    given = issued.aggregate(n=Count("pk"), fen=Sum("fen"))
    return Month(first, _rows(opened), rated["n"], rated["score"], given["n"], given["fen"] or 0)


def _rows(opened: "QuerySet[Case]") -> tuple[Row, ...]:
    settled = Count("pk", filter=Q(state__in=(State.CONFIRMED, State.CLOSED)))
    sums = opened.order_by().values_list("kind", "topic", "severity", "cause")
    told = sums.annotate(n=Count("pk"), settled=settled, again=Count("pk", filter=Q(round__gt=1)))
    return tuple(Row(*row) for row in told.order_by("-n"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0)))
