"""The whole story of one promise: what happened, what the clock did, who was told, and what was decided."""

from dataclasses import dataclass
from datetime import datetime

from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.standards.contracts import PromiseView
from clothier.standards.models import Acknowledgement, ClockEvent, Promise, Timer, Verdict, Waiver
from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.rules.hours import Hours
from clothier.standards.selectors.promises import promise_for, view_of
from clothier.standards.selectors.rulebook import book_of, hours_of, rules_of


@dataclass(frozen=True)
class History:
    """Everything about one promise, oldest first; rows are few, since they belong to one promise."""

    promise: Promise
    view: PromiseView
    rule: PromiseRule
    hours: Hours
    calendar: str
    events: list[ClockEvent]
    timers: list[Timer]
    verdicts: list[Verdict]
    waivers: list[Waiver]
    acknowledgements: list[Acknowledgement]

    def lines(self) -> list[tuple[datetime, object]]:
        """All rows in the order in which they happened."""
        moments: list[tuple[datetime, object]] = [(event.at, event) for event in self.events]
        moments += [(timer.fired_at, timer) for timer in self.timers]
        moments += [(verdict.given_at, verdict) for verdict in self.verdicts]
        moments += [(waiver.decided_at or waiver.asked_at, waiver) for waiver in self.waivers]
        return sorted(moments, key=_when)


def _when(line: tuple[datetime, object]) -> datetime:
    return line[0]


def history_of(viewer: Viewer, promise_id: int, *, language: str = "zh") -> History:
    """The story of one promise. Raises Promise.DoesNotExist where it is none of the viewer's."""
    promise = promise_for(viewer, promise_id)
    rule = rules_of([promise.version_id])[promise.version_id]
    return History(
        promise=promise,
        view=view_of(promise, rule, clock.now(), language),
        rule=rule,
        hours=hours_of(promise.calendar_id, rule.clock),
        calendar=book_of(promise.calendar_id).calendar.code if promise.calendar_id is not None else "",
        events=list(promise.clock_events.order_by("at", "id")),
        timers=list(promise.timers.order_by("fire_at", "id")),
        verdicts=list(promise.verdicts.order_by("cycle", "revision")),
        waivers=list(promise.waivers.order_by("id")),
        acknowledgements=list(promise.acknowledgements.order_by("id")),
    )
