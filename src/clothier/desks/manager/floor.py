"""What happens in a store at this moment: promises on the clock, who is here, who is on duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from clothier.cases.selectors import cases_for
from clothier.cases.selectors.words import KIND_NAMES
from clothier.customers.selectors.faces import Face, faces
from clothier.desks.kiosk.selectors import screens_named
from clothier.desks.manager.figures import promise_names, prompt_promises
from clothier.desks.rulebook.words import role
from clothier.kernel import clock
from clothier.kernel.access import Role, Viewer
from clothier.staff.selectors import names_of, on_floor, post_name
from clothier.standards.contracts import PromiseView
from clothier.standards.selectors import due_soon
from clothier.standards.selectors.backlog import overdue_counts
from clothier.visits.contracts import BellView, VisitView
from clothier.visits.selectors import here, ringing

MOST, ROOM = 12, 10
# What has been late for longer than this is no emergency any more but a backlog, shown as a number of its kind.
STALE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in the store: how to call them, where they are in being served, and by whom."""

    visit: VisitView
    name: str
    layer: str
    line: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A promise on the clock, in words: whom it concerns and who has to act."""

    promise: PromiseView
    about: str
    owner: str


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One person with all the posts of the shift; `until` is the end of the last."""

    name: str
    posts: str
    until: datetime
    busy: int

    @property
    def free(self) -> bool:
        return self.busy == 0


@dataclass(frozen=True, slots=True)
class Moment:
    guests: list[Guest]
    clocks: list[Clock]
    more_clocks: bool
    backlog: list[tuple[str, int]]
    people: list[OnDuty]
    bells: list[BellView]

    @property
    def unseen(self) -> int:
        """Parties beyond the ten that the board has room for."""
        return max(len(self.guests) - ROOM, 0)

    @property
    def heads(self) -> int:
        return sum(guest.visit.party_size for guest in self.guests)


def moment(viewer: Viewer, *, store: int, language: str) -> Moment:
    visits = here(viewer, store=store)
    bells = ringing(viewer, store=store)
    stale = clock.now() - STALE
    promises = due_soon(viewer, store=store, keys=prompt_promises(), after=stale, limit=MOST + 1, language=language)
    waiting = overdue_counts(viewer, store=store, before=stale)
    kinds = promise_names(language)
    guests = _guests(viewer, visits)
    screens = screens_named(bell.place for bell in bells)
    about = {f"visit:{guest.visit.id}": _about(guest) for guest in guests} | {
        f"bell:{bell.id}": " · ".join(
            part for part in (bell.source_name, bell.room or bell.zone_name, screens.get(bell.place)) if part
        )
        for bell in bells
    }
    about |= _cases(viewer, [promise.subject.id for promise in promises if promise.subject.kind == "case"])
    names = names_of(promise.owner_id for promise in promises)
    clocks = [_clock(promise, about.get(str(promise.subject), ""), names) for promise in promises[:MOST]]
    return Moment(
        guests=guests,
        clocks=clocks,
        more_clocks=len(promises) > MOST,
        backlog=[(kinds.get(key, key), number) for key, number in waiting.items()],
        people=_on_duty(store, visits),
        bells=bells,
    )


def _cases(viewer: Viewer, ids: list[int]) -> dict[str, str]:
    found = cases_for(viewer, states=(), ids=ids).cases if ids else []
    return {f"case:{case.id}": f"{case.number} · {KIND_NAMES[case.kind]}" for case in found}


def _guests(viewer: Viewer, visits: list[VisitView]) -> list[Guest]:
    known = faces(viewer, [visit.customer_id for visit in visits]) if viewer.may(Role.MANAGER, Role.OPERATOR) else {}
    guests = []
    for visit in visits:
        face = known.get(visit.customer_id or 0)
        name = _called(face) if face else _("会员") if visit.customer_id else _("散客")
        guests.append(Guest(visit, name, face.layer_name if face else "", _line(visit)))
    return guests


def _called(face: Face) -> str:
    return _("%(name)s %(title)s") % {"name": face.name, "title": face.title} if face.title else face.name


def _line(visit: VisitView) -> str:
    last = visit.last
    words = [last.name if last else visit.via_name]
    if last and last.zone_name:
        words.append(last.zone_name)
    if last and last.by_name:
        words.append(last.by_name)
    if visit.party_size > 1:
        words.insert(0, _("%(n)s 位") % {"n": visit.party_size})
    return " · ".join(words)


def _clock(promise: PromiseView, about: str, names: dict[int, str]) -> Clock:
    """Whose it is stands at the end of the line, unless the line names that person already."""
    owner = names.get(promise.owner_id or 0, "") or role(promise.owner_role)
    return Clock(promise=promise, about=about, owner="" if owner in about.split(" · ") else owner)


def _about(guest: Guest) -> str:
    return f"{guest.name} · {guest.line}"


def _on_duty(store: int, visits: Iterable[VisitView]) -> list[OnDuty]:
    busy: dict[int, int] = {}
    for visit in visits:
        if visit.served_by:
            busy[visit.served_by] = busy.get(visit.served_by, 0) + 1
    shifts: dict[int, list[tuple[str, datetime]]] = {}
    names: dict[int, str] = {}
    for shift in on_floor(store=store, at=clock.now()):
        names[shift.employee_id] = shift.name
        shifts.setdefault(shift.employee_id, []).append((post_name(shift.post), shift.ends_at))
    people = [
        OnDuty(
            name=names[pk],
            posts=" · ".join(dict.fromkeys(post for post, _end in posts)),
            until=max(end for _post, end in posts),
            busy=busy.get(pk, 0),
        )
        for pk, posts in shifts.items()
    ]
    return sorted(people, key=lambda person: (-person.busy, person.until))
