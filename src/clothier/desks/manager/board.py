"""One store's board: now, and the day so far against the same weekday of last week."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.utils.translation import gettext as _

from clothier.desks.manager.day import Place, Stretch, so_far
from clothier.desks.manager.figures import Change, Day, compared, figures, kept_target
from clothier.desks.manager.floor import Moment, moment
from clothier.desks.manager.waiting import Wait, waits
from clothier.kernel.access import Viewer
from clothier.standards.contracts import PromiseView
from clothier.standards.selectors.backlog import broken_between

BREACHES = 8


@dataclass(frozen=True, slots=True)
class Board:
    now: datetime
    moment: Moment
    today: Day
    before: Day
    target: float | None
    breaches: list[PromiseView]
    waits: list[Wait]

    @property
    def late(self) -> int:
        return sum(1 for each in self.moment.clocks if each.promise.due_at and each.promise.due_at <= self.now)

    @property
    def visits(self) -> Change:
        return self._compared(self.today.visits, self.before.visits)

    @property
    def sales(self) -> Change:
        than, few = _("比上周此时"), _("上周此时 %(n)s 单")
        return compared(self.today.net_fen, self.before.net_fen, base=self.before.orders, than=than, few=few)

    @property
    def conversion(self) -> Change:
        return self._compared(self.today.conversion, self.before.conversion)

    def _compared(self, now: float | None, then: float | None) -> Change:
        """Both visits and what share of them bought rest on the visits of then."""
        return compared(now, then, base=self.before.visits, than=_("比上周此时"), few=_("上周此时 %(n)s 组"))

    @property
    def below_target(self) -> bool:
        rate = self.today.kept.rate
        return self.target is not None and rate is not None and rate < self.target


def compose(viewer: Viewer, *, store: Place, now: datetime, language: str) -> Board:
    """A fixed number of queries, each bounded by one store and one day."""
    zone = ZoneInfo(store.zone_info)
    today = so_far(zone, now)
    return Board(
        now=now,
        moment=moment(viewer, store=store.pk, language=language),
        today=figures(viewer, store=store.pk, stretch=today),
        before=_week_before(viewer, store, so_far(zone, now, weeks_ago=1)),
        target=kept_target(),
        breaches=broken_between(
            viewer, store=store.pk, since=today.start, until=today.end, limit=BREACHES, language=language
        ),
        waits=waits(viewer, store=store.pk, language=language),
    )


def _week_before(viewer: Viewer, store: Place, stretch: Stretch) -> Day:
    """The same hours a week ago. They hardly change any more, so each minute asks once in a process."""
    key = f"manager:{store.pk}:{stretch.end:%Y-%m-%dT%H:%M}"
    found: Day | None = cache.get(key)
    if found is None:
        found = figures(viewer, store=store.pk, stretch=stretch)
        cache.set(key, found, 90)
    return found
