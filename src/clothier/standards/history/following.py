"""Promises that ran on a witnessed past: begun, kept, broken and told of as `follow` and `sweep` would have then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from clothier.eventlog.contracts import History
from clothier.kernel.columns import Every, Ints, claim, insert
from clothier.standards.contracts import customer_tiers, store_directory
from clothier.standards.history.gathering import Gathered, Said, gather
from clothier.standards.history.news import Missed, tell_missed
from clothier.standards.models import ClockEvent, Promise, Timer, Verdict
from clothier.standards.rules.columns import Judged, OpenTime, judge
from clothier.standards.rules.documents.promises import Clock, PromiseRule
from clothier.standards.rules.facts import BREACH, Kind
from clothier.standards.selectors.rulebook import Rulebook, hours_of, rulebook
from clothier.standards.services.storing import keep_versions

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Promise, ClockEvent, Timer, Verdict)
_NEVER = 2**62


@dataclass(frozen=True, slots=True)
class Course:
    """The promises of one rule with how they ended; `rungs` are moments of the ladder's steps, by step from 1."""

    of: Gathered
    ids: Ints
    calendars: list[int | None]
    tiers: list[str]
    targets: Ints
    closed: Ints
    kept: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    judged: Judged
    rungs: list[Ints]

    @property
    def states(self) -> list[str]:
        late = zip(self.judged.broken.tolist(), self.kept.tolist(), strict=True)
        return ["broken" if broken else "kept" if kept else "cancelled" for broken, kept in late]


def follow_history(histories: Sequence[History]) -> None:
    """Write the promises these histories started, which they must also have ended. Raises ValueError otherwise."""
    book = rulebook()
    gathered = gather(book, [history for history in histories if history.witnessed])
    if not gathered:
        return
    begun = np.concatenate([each.start.entries for each in gathered])
    ids = np.array(claim(Promise, len(begun)), dtype=np.int64)
    ids[np.argsort(begun)] = ids.copy()
    parts = np.split(ids, np.cumsum([len(each.start.entries) for each in gathered])[:-1])
    courses = [_course(book, each, part) for each, part in zip(gathered, parts, strict=True)]
    for course in courses:
        _write(book, course)
    tell_missed([_missed(course) for course in courses])


def _course(book: Rulebook, of: Gathered, ids: Ints) -> Course:
    count, rule = len(ids), of.rule
    kept, cancelled = _ended(of)
    closed = np.minimum(kept, cancelled)
    if (closed == _NEVER).any():
        raise ValueError(f"a promise {rule.key} of the past has no end")
    calendars = _calendars(book, rule, of.start.stores)
    tiers = _tiers(of)
    whose = list(zip(of.start.stores, tiers, strict=True))
    allowed = {
        (store, tier): rule.target(store=book.store_targets.get((rule.key, store or 0)), tier=tier)
        for store, tier in set(whose)
    }
    targets = [allowed[one] for one in whose]
    judged = Judged(np.zeros(count, dtype=np.bool_), *(np.zeros(count, dtype=np.int64) for _ in range(4)))
    rungs = [np.zeros(count, dtype=np.int64) for _ in rule.ladder]
    for alike in set(zip(calendars, targets, strict=True)):
        rows = np.array([row for row, each in enumerate(zip(calendars, targets, strict=True)) if each == alike])
        _judge(rule, alike, rows, of.start.moments[rows], closed[rows], judged, rungs)
    return Course(of, ids, calendars, tiers, np.array(targets), closed, kept <= cancelled, judged, rungs)


def _judge(
    rule: PromiseRule, alike: tuple[int | None, int], rows: Ints, started: Ints, closed: Ints, into: Judged,
    rungs: list[Ints],
) -> None:  # fmt: skip
    """Judge the promises in these rows, which have one calendar and one target."""
    calendar, target = alike
    longest = max([target, *(rung.at or 0 for rung in rule.ladder)])
    time = OpenTime(hours_of(calendar, rule.clock), int(started.min()), int(closed.max()), longest)
    found = judge(time, started=started, closed=closed, target=target)
    for name in ("broken", "due", "settled", "elapsed", "used"):
        getattr(into, name)[rows] = getattr(found, name)
    for rung, moments in zip(rule.ladder, rungs, strict=True):
        if rung.at is None:
            moments[rows] = found.due
        else:
            moments[rows] = started + rung.at if rung.wall else time.after(started, rung.at)


def _calendars(book: Rulebook, rule: PromiseRule, stores: Sequence[int | None]) -> list[int | None]:
    if rule.clock is Clock.WALL:
        return [None] * len(stores)
    codes = {facts.id: facts.calendar for facts in store_directory.ask({store for store in stores if store})}
    numbers = {store: book.calendar_for(codes.get(store or 0)) for store in set(stores)}
    return [numbers[store] for store in stores]


def _tiers(of: Gathered) -> list[str]:
    """What the customers are now, where it shortens the promise: nobody knows any more what they were then."""
    customers = {customer for customer in of.start.customers if customer is not None} if of.rule.tier else set()
    tiers = customer_tiers.ask(customers) if customers else {}
    return [tiers.get(customer or 0, "") for customer in of.start.customers]


def _ended(of: Gathered) -> tuple[Ints, Ints]:
    """When each promise was kept (all its parts, where all are asked for) and when cancelled."""
    count, rule = len(of.start.subjects), of.rule
    kept = np.full((len(rule.keep), count), _NEVER)
    cancelled = np.full(count, _NEVER)
    for said in of.later:
        places, rows = _meant(of.start, said)
        into = kept[said.part] if said.kind is Kind.KEEP else cancelled
        np.minimum.at(into, places, said.moments[rows])
    return (kept.max(axis=0) if rule.keep_all else kept.min(axis=0)), cancelled


def _meant(start: Said, said: Said) -> tuple[Ints, Ints]:
    """Which promise each row of what was said is about, the last one begun about its thing, and the rows that are about
    one.
    """
    things = np.unique(start.subjects)
    span = max(int(start.entries.max()), int(said.entries.max(initial=0))) + 1

    def placed(one: Said) -> Ints:
        """A number that rises with the thing and, within one thing, with the entry."""
        return np.asarray(np.searchsorted(things, one.subjects) * span + one.entries)

    numbers = placed(start)
    order = np.argsort(numbers)
    last = np.searchsorted(numbers[order], placed(said), side="right") - 1
    places = order[last.clip(min=0)]
    meant = (last >= 0) & (start.subjects[places] == said.subjects)
    rows = np.flatnonzero(meant & (said.subject_kind == start.subject_kind))
    return places[rows], rows


def _write(book: Rulebook, course: Course) -> None:
    rule, start, judged = course.of.rule, course.of.start, course.judged
    known = {calendar for calendar in course.calendars if calendar is not None}
    keep_versions({book.versions[rule.key]}, known, datetime.fromtimestamp(int(start.moments.min()), UTC))
    states, final = course.states, judged.settled + (rule.sync_window or 0)
    same = {"target_seconds": course.targets, "due_at": judged.due, "settled_at": judged.settled, "final_at": final}
    insert(Promise, count=len(course.ids), columns={
        **same, "id": course.ids, "key": Every(rule.key), "version_id": Every(book.versions[rule.key]),
        "calendar_id": course.calendars, "subject_kind": Every(start.subject_kind), "subject_id": start.subjects,
        "store_id": start.stores, "zone_id": [fields.get("zone_id") for fields in start.fields],
        "customer_id": start.customers, "owner_id": _owners(course), "created_at": start.moments, "state": states,
        "started_at": start.moments, "closed_at": course.closed, "elapsed_seconds": judged.elapsed,
        "seen_at": course.closed, "tier": course.tiers,
        "channel": [fields.get("channel") or "" for fields in start.fields],
    })  # fmt: skip
    insert(Verdict, count=len(course.ids), columns={
        **same, "promise_id": course.ids, "cycle": Every(1), "outcome": states, "elapsed_seconds": judged.used,
        "given_at": judged.settled,
    })  # fmt: skip
    _write_facts(course, Kind.START, 0, start, course.ids, np.arange(len(course.ids)), course.targets)
    for said in course.of.later:
        places, rows = _meant(start, said)
        timely = said.moments[rows] <= course.closed[places]
        _write_facts(course, said.kind, said.part, said, course.ids[places[timely]], rows[timely], Every(None))


def _write_facts(
    course: Course, kind: Kind, part: int, said: Said, ids: Ints, rows: Ints, seconds: "Ints | Every"
) -> None:
    insert(ClockEvent, count=len(rows), columns={
        "promise_id": ids, "kind": Every(kind.value), "at": said.moments[rows], "recorded_at": said.moments[rows],
        "part": Every(part), "entry_id": said.entries[rows], "actor_id": [said.actors[row] for row in rows.tolist()],
        "seconds": seconds,
    })  # fmt: skip


def _owners(course: Course) -> list[int | None]:
    """Whom the event named that began it; where nobody had a promise that is somebody's own, whoever kept it."""
    begun, answered = _begun_with(course), _answered(course) if course.of.rule.personal else {}
    return [owner or answered.get(row) for row, owner in enumerate(begun)]


def _begun_with(course: Course) -> list[int | None]:
    rule, start = course.of.rule, course.of.start
    name = rule.owner_field or "owner_id"
    told = zip(start.fields, start.actors, strict=True)
    return [fields.get(name) or (actor if rule.personal else None) for fields, actor in told]


def _answered(course: Course) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for said in course.of.later:
        if said.kind is Kind.KEEP:
            places, rows = _meant(course.of.start, said)
            timely = said.moments[rows] == course.closed[places]
            pairs = zip(places[timely].tolist(), rows[timely].tolist(), strict=True)
            found |= {place: said.actors[row] for place, row in pairs}
    return found


def _missed(course: Course) -> Missed:
    """The breaches and the rungs that were reached before somebody came."""
    start, reached = course.of.start, [course.judged.due, *course.rungs]
    owners = _begun_with(course)
    found = [
        (step, row, int(moments[row]))
        for step, moments in enumerate(reached)
        for row in np.flatnonzero(course.judged.broken if step == BREACH else moments < course.closed).tolist()
    ]
    rows = [row for _step, row, _at in found]
    return Missed(
        rule=course.of.rule,
        steps=[step for step, _row, _at in found],
        moments=[at for _step, _row, at in found],
        promises=course.ids[rows].tolist(),
        targets=course.targets[rows].tolist(),
        subjects=[f"{start.subject_kind}:{start.subjects[row]}" for row in rows],
        stores=[start.stores[row] for row in rows],
        zones=[start.fields[row].get("zone_id") for row in rows],
        customers=[start.customers[row] for row in rows],
        owners=[owners[row] for row in rows],
    )
