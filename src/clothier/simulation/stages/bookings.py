"""Then the diary: who came by appointment in the last weeks, who is expected in the next, and what is on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from clothier.bookings.contracts import PastActivity, PastAppointment, Slot
from clothier.bookings.history import load_activities, load_appointments
from clothier.bookings.selectors import coming_up, slots
from clothier.checkout.selectors import buyers_at
from clothier.kernel import clock
from clothier.simulation.chain import SHANGHAI
from clothier.simulation.contents import load
from clothier.simulation.draws import pick, stream
from clothier.simulation.world import World
from clothier.standards.selectors import document

# Days told back and ahead; of the stores so many have a diary: a chain's others are like them.
BEHIND, AHEAD, STORES = 28, 10, 6
# Whom the diary is about: customers who bought in the store of late.
KNOWN, LATELY = 400, timedelta(days=120)
# Appointments a day of the past, and of the free times ahead one in so many is taken.
EACH_DAY, EVERY = 4, 3
_STATES = ("arrived", "arrived", "arrived", "arrived", "arrived", "arrived", "missed", "cancelled")


def tell(world: World) -> None:
    """Told once: a diary that is there stays."""
    if coming_up(store=None, limit=1):
        return
    content = load("bookings")
    for place, store in enumerate(world.stores.tolist()[:STORES]):
        rng = stream(world.seed, "bookings", place)
        known = list(buyers_at(store, clock.now() - LATELY, clock.now(), limit=KNOWN))
        if known:
            load_appointments(list(_past(world, store, place, known, content, rng)))
            load_appointments(list(_ahead(world, store, known, content, rng)))
            load_activities(list(_activities(world, store, place, known, content, rng)))


def _past(
    world: World, store: int, place: int, known: list[int], content: Any, rng: np.random.Generator
) -> Iterator[PastAppointment]:
    services, sellers = document("bookings").services, world.sellers[place]
    for back in range(BEHIND, 0, -1):
        day = world.today - timedelta(days=back)
        for _nth in range(int(rng.integers(1, EACH_DAY + 1))):
            rule = pick(rng, services)
            start = _at(day, int(rng.integers(11, 20)), 30 * int(rng.integers(0, 2)))
            yield PastAppointment(
                store=store,
                customer=int(pick(rng, known)),
                service=rule.key,
                start=start,
                minutes=rule.lasts // 60,
                state=pick(rng, _STATES),
                booked_at=start - timedelta(hours=int(rng.integers(20, 120))),
                purpose=pick(rng, content["purposes"][rule.key]) if rule.key in content["purposes"] else "",
                employee=int(pick(rng, sellers)) if rule.needs == "person" and sellers else None,
            )


def _ahead(
    world: World, store: int, known: list[int], content: Any, rng: np.random.Generator
) -> Iterator[PastAppointment]:
    """From the free times themselves, so that everybody expected has somebody there."""
    last = world.today + timedelta(days=AHEAD)
    people = [int(pk) for pk in rng.permutation(known)]
    for rule in document("bookings").services:
        found = slots(store=store, service=rule.key, first=world.today, last=last)
        for slot in _apart(found, timedelta(seconds=rule.lasts + rule.buffer), rng):
            if not people:
                return
            one = slot.free[0]
            yield PastAppointment(
                store=store,
                customer=people.pop(),
                service=rule.key,
                start=slot.start,
                minutes=rule.lasts // 60,
                state="booked",
                booked_at=clock.now() - timedelta(hours=int(rng.integers(1, 72))),
                purpose=pick(rng, content["purposes"][rule.key]) if rule.key in content["purposes"] else "",
                employee=one.number if one.kind == "person" else None,
                place="" if one.kind == "person" else one.name,
                takes=one,
                buffer_minutes=rule.buffer // 60,
            )


def _apart(found: list[Slot], length: timedelta, rng: np.random.Generator) -> Iterator[Slot]:
    """Some of these, in the hours shops are usually open, none before the last one taken is over."""
    free_from = datetime.min.replace(tzinfo=UTC)
    for slot in found:
        usual = 10 <= slot.start.astimezone(SHANGHAI).hour < 21
        if usual and slot.start >= free_from and rng.random() < 1 / EVERY:
            free_from = slot.start + length
            yield slot


def _activities(
    world: World, store: int, place: int, known: list[int], content: Any, rng: np.random.Generator
) -> Iterator[PastActivity]:
    """Two that were and three to come; the next of them is full."""
    hosts = world.sellers[place]
    for nth, told in enumerate(content["activities"]):
        day = world.today + timedelta(days=(-17, -9, 1, 4, 8)[nth % 5])
        start = _at(day, told["hour"])
        over = start < clock.now()
        fill = 0.8 if over else (1.2, 0.6, 0.35)[nth % 3]
        people = [int(pk) for pk in rng.permutation(known)[: int(told["capacity"] * fill)]]
        seats = 2 if told["kind"] == "workshop" else 1
        yield PastActivity(
            store=store,
            kind=told["kind"],
            title=told["title"],
            title_en=told["title_en"],
            about=told["about"],
            about_en=told["about_en"],
            place=told["place"],
            start=start,
            end=start + timedelta(minutes=90),
            capacity=told["capacity"],
            host=int(pick(rng, hosts)) if hosts else None,
            announced_at=min(start, clock.now()) - timedelta(days=9),
            sign_ups=tuple((pk, seats) for pk in people),
            came=tuple(bool(rng.random() < 0.8) for _pk in people) if over else (),
        )


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
