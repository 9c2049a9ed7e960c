"""A slow, obvious model of a promise's clock: it looks at every single second. `evaluate` is held against it."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.rules.facts import Fact, Kind

SECOND = timedelta(seconds=1)


@lru_cache(maxsize=64)
def open_seconds(zone: str, windows: tuple[tuple[date, str], ...], since: datetime, length: int) -> tuple[bool, ...]:
    """For each second from `since`, whether one of the dated windows is open, read off the wall clock."""
    margin = 30 * 3600
    walls = [
        (since + SECOND * offset).astimezone(ZoneInfo(zone)).replace(tzinfo=None) for offset in range(-margin, length)
    ]
    opened = [False] * len(walls)
    for day, window in windows:
        opens, closes = (_minutes(text) for text in window.split("-"))
        midnight = datetime.combine(day, datetime.min.time())
        starts = midnight + timedelta(minutes=opens)
        ends = midnight + timedelta(minutes=closes + (1440 if closes <= opens else 0))
        inside = [place for place, wall in enumerate(walls) if starts <= wall < ends]
        if inside:
            # A window runs from the first second that shows its hours to the last one, whatever lies between.
            opened[inside[0] : inside[-1] + 1] = [True] * (inside[-1] + 1 - inside[0])
    return tuple(opened[margin:])


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


class Oracle:
    def __init__(self, rule: PromiseRule, since: datetime, opened: tuple[bool, ...]) -> None:
        self.rule, self.since, self.opened = rule, since, opened
        self.verdicts: list[tuple[str, datetime]] = []
        self.cycle = 0

    def run(self, facts: list[Fact], length: int) -> None:
        start = facts[0]
        self._begin(0, start.seconds or 0, 0)
        for second in range(length + 1):
            for fact in facts[1:]:
                if fact.at == self.since + SECOND * second:
                    self._breach(second, inclusive=False)
                    self._apply(fact, second)
            if second < length:
                self._tick(second)
        self._breach(length, inclusive=True)
        self.paused_now = not self.outcome and self._paused(length)

    def _begin(self, second: int, target: int, consumed: int) -> None:
        self.cycle += 1
        self.target, self.elapsed = target, consumed
        # The second at which each count was first reached: the due time of any target can be read off it.
        self.reached = dict.fromkeys(range(consumed + 1), second)
        self.pauses: dict[str, int] = {}
        self.pause_seconds = 0
        self.parts: set[int] = set()
        self.retargeted = 0
        self.outcome = ""
        self.settled: int | None = None
        self.closed: int | None = None

    def _paused(self, second: int) -> bool:
        pausing = self.rule.pausing
        if pausing is None or (pausing.total is not None and self.pause_seconds >= pausing.total):
            return False
        return any(second < begun + pausing.cap for begun in self.pauses.values())

    def _tick(self, second: int) -> None:
        if self.closed is not None:
            return
        if self._paused(second):
            self.pause_seconds += 1
        elif self.opened[second]:
            self.elapsed += 1
            self.reached.setdefault(self.elapsed, second + 1)

    def _breach(self, second: int, *, inclusive: bool) -> None:
        due = self.reached.get(self.target)
        if not self.outcome and due is not None and (due <= second if inclusive else due < second):
            self._settle("broken", max(due, self.retargeted))

    def _settle(self, outcome: str, second: int) -> None:
        self.outcome, self.settled = outcome, second
        self.verdicts.append((outcome, self.since + SECOND * second))

    def _apply(self, fact: Fact, second: int) -> None:
        if fact.kind is Kind.REOPEN:
            if self.closed is not None:
                self._begin(second, self.target, self.elapsed)
        elif self.closed is not None:
            return
        elif fact.kind in (Kind.KEEP, Kind.CANCEL):
            self._finish(fact, second)
        elif fact.kind is Kind.PAUSE and not self.outcome and fact.reason not in self.pauses:
            self._pause(fact, second)
        elif fact.kind is Kind.RESUME:
            self.pauses.pop(fact.reason, None)
        elif fact.kind is Kind.WORD:
            self.pauses.clear()
        elif fact.kind is Kind.RETARGET and not self.outcome:
            self.target, self.retargeted = fact.seconds or 0, second
        elif fact.kind is Kind.RESET and not self.outcome:
            self._reset(second)

    def _pause(self, fact: Fact, second: int) -> None:
        if self.rule.pausing and fact.reason in self.rule.pausing.reasons:
            self.pauses[fact.reason] = second

    def _reset(self, second: int) -> None:
        self.elapsed, self.reached = 0, {0: second}
        self.pauses, self.pause_seconds, self.parts = {}, 0, set()

    def _finish(self, fact: Fact, second: int) -> None:
        if fact.kind is Kind.CANCEL:
            self._end("cancelled", second)
            return
        self.parts.add(fact.part)
        if not self.rule.keep_all or len(self.parts) == len(self.rule.keep):
            self._end("kept", second)

    def _end(self, outcome: str, second: int) -> None:
        self.pauses.clear()
        if not self.outcome:
            self._settle(outcome, second)
        self.closed = second


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
