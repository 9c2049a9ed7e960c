"""The demo chain's stores and the people who work in them, as facts for the verbs of places and staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clothier.kernel.access import Role
from clothier.places.contracts import StoreFacts, ZoneFacts
from clothier.simulation.contents import load
from clothier.simulation.draws import stream
from clothier.simulation.names import MAN, WOMAN, full_name
from clothier.staff.contracts import EmployeeFacts, ShiftPlan

SHANGHAI = ZoneInfo("Asia/Shanghai")
# The demo flagship keeps this calendar, which is open around the clock, so that the demo lives at any hour.
ALWAYS_OPEN = "demo-always-open"
_USUAL, _TOWN, _A_STORE = 6, 30_000, 28_000
_ROLES = {"manager": Role.MANAGER, "agent": Role.AGENT}
# The watches of a day; the night's only where the demo never closes, the whole day's for the demo accounts.
MORNING, EVENING, NIGHT, ALWAYS = range(4)
WATCHES = ((time(9, 30), time(16, 0)), (time(15, 30), time(22, 30)), (time(22, 0), time(9, 45)), (time(0), time(0)))


@dataclass(frozen=True, slots=True)
class Job:
    """Somebody's place in the roster: the number on the payroll, the store's code, the post."""

    number: str
    store: str
    post: str
    watch: int


@dataclass(frozen=True, slots=True)
class Payroll:
    people: list[EmployeeFacts]
    jobs: list[Job]


def stores(*, limit: int | None = None) -> list[StoreFacts]:
    """The flagship first, then the street stores."""
    return [_store(entry) for entry in load("chain")["stores"][:limit]]


def stores_for(customers: int) -> int:
    """How many stores that many customers need: the usual six for a town's worth, forty for a million."""
    known = len(load("chain")["stores"])
    return min(known, _USUAL + max(customers - _TOWN, 0) // _A_STORE)


def footfall() -> dict[str, float]:
    """How much of the chain's custom each store has, by code."""
    return {entry["code"]: float(entry["weight"]) for entry in load("chain")["stores"]}


def payroll(*, seed: int, store_ids: Mapping[str, int], today: date, passwords: Mapping[str, str]) -> Payroll:
    """Everybody who works for the chain; the hashes of `passwords` by username make the demo accounts usable."""
    people: list[EmployeeFacts] = []
    jobs: list[Job] = []
    for entry in load("chain")["demo_accounts"]:
        store = entry.get("store", "")
        if store and store not in store_ids:
            continue
        number = f"D{len(people) + 1:03d}"
        people.append(_demo_person(entry, number, store_ids, today, passwords))
        if entry.get("post"):
            jobs.append(Job(number, store, entry["post"], watch=ALWAYS))
    for entry in load("chain")["stores"]:
        if entry["code"] in store_ids:
            _staff_store(entry, seed, store_ids, today, people, jobs)
    return Payroll(people, jobs)


def roster(
    jobs: list[Job], ids: Mapping[str, int], places: Mapping[str, "StorePlace"], days: list[date]
) -> list[ShiftPlan]:
    """Everybody's shifts on those days: two watches a day, each person four days on and one off."""
    plans = []
    for turn, job in enumerate(jobs):
        place = places[job.store]
        zones = [place.zones[code] for code in sorted(place.zones) if code not in ("entrance", "till", "rest")]
        zone = zones[turn % len(zones)] if job.post == "associate" else None
        for day in days:
            if (day.toordinal() + turn) % 5 == 0 and job.watch in (MORNING, EVENING):
                continue
            start, end = _hours(day, job.watch)
            plans.append(ShiftPlan(ids[job.number], place.id, job.post, start, end, zone_id=zone))
    return plans


@dataclass(frozen=True, slots=True)
class StorePlace:
    """A store's id and its zones' ids by code."""

    id: int
    zones: dict[str, int]


def _store(entry: dict[str, Any]) -> StoreFacts:
    return StoreFacts(
        code=entry["code"],
        name=entry["name"],
        name_en=entry["en"],
        kind=entry["kind"],
        region=entry["region"],
        city=entry["city"],
        mall=entry.get("mall", ""),
        address=entry["address"],
        opened_on=date.fromisoformat(str(entry["opened"])),
        calendar=ALWAYS_OPEN if entry.get("demo") else "store",
        zones=tuple(
            ZoneFacts(code, name, english, kind, tuple((x, y) for x, y in outline))
            for code, name, english, kind, outline in entry["zones"]
        ),
    )


def _demo_person(
    entry: dict[str, Any], number: str, store_ids: Mapping[str, int], today: date, passwords: Mapping[str, str]
) -> EmployeeFacts:
    return EmployeeFacts(
        number=number,
        name=entry["name"],
        role=entry["role"],
        home_store=store_ids.get(entry.get("store", "")),
        username=entry["username"] if entry["username"] in passwords else "",
        password_hash=passwords.get(entry["username"], ""),
        hired_on=today - timedelta(days=900),
    )


def _staff_store(
    entry: dict[str, Any],
    seed: int,
    store_ids: Mapping[str, int],
    today: date,
    people: list[EmployeeFacts],
    jobs: list[Job],
) -> None:
    rng = stream(seed, "staff", entry["code"])
    watches = 3 if entry.get("demo") else 2
    prefix = entry["code"].replace("-", "")[:4].upper()
    number = 0
    for post, heads in entry["staff"].items():
        for watch in range(watches if post != "manager" else 1):
            for _head in range(heads if watch != NIGHT else max(1, heads // 3)):
                number += 1
                age = int(rng.integers(21, 46))
                person = EmployeeFacts(
                    number=f"{prefix}{number:03d}",
                    name=full_name(rng, sex=MAN if rng.random() < 0.22 else WOMAN, age=age),
                    role=_ROLES.get(post, Role.ASSOCIATE),
                    home_store=store_ids[entry["code"]],
                    skills=_skills(post, number),
                    hired_on=today - timedelta(days=int(rng.integers(30, 2200))),
                )
                people.append(person)
                jobs.append(Job(person.number, entry["code"], "lead" if post == "manager" else post, watch))


def _skills(post: str, number: int) -> tuple[str, ...]:
    """Every third associate styles, and some of the others go along with who trusts the house with a wardrobe."""
    if post != "associate":
        return ()
    if number % 3 == 0:
        return ("styling",)
    return ("experience_officer",) if number % 3 == 1 else ()


def _hours(day: date, watch: int) -> tuple[datetime, datetime]:
    start, end = WATCHES[watch]
    begins = datetime.combine(day, start, SHANGHAI)
    ends = datetime.combine(day, end, SHANGHAI)
    return begins, ends if ends > begins else ends + timedelta(days=1)
