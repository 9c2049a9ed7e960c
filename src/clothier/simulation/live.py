"""The demo lives: while it runs, simulated visitors come, are served and leave, in real time through the real verbs.

The flagship's calendar never closes, so that somebody is in it at any hour; the other stores keep theirs. Visits that
a person with a sign-in has touched are that person's, and the simulation lets go of them.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import numpy as np
from django.db import Error

from clothier.eventlog.selectors import recent
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.kernel.connections import refresh_connection
from clothier.kernel.errors import Refused
from clothier.places.selectors import stores_for
from clothier.simulation.chain import ALWAYS_OPEN
from clothier.simulation.floor.agenda import Agenda
from clothier.simulation.floor.guest import Guest
from clothier.simulation.floor.habits import CONSIDERATE, Habits
from clothier.simulation.floor.shop import Shop, people_who_sign_in
from clothier.simulation.floor.street import Door, visitors
from clothier.simulation.presence import left_behind, touched, went
from clothier.visits.services import leave

# Visitors in the busiest hour; the flagship stays lively, the others tick over.
FLAGSHIP, STREET = 40.0, 6.0
# So many come at once when the demo opens, some seconds apart: nobody should look at an empty shop.
FIRST, APART = 6, 7.0
# Seconds after which those left behind by an earlier run go.
STAY = (20.0, 240.0)
# Seconds until a door that failed opens again.
AGAIN = 30.0
_ATTENTIVE = timedelta(minutes=3)
_LOOK = timedelta(seconds=10)
log = logging.getLogger(__name__)


class Attention:
    """Whether a real person works in a shop just now; looked up every few seconds at most."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._until = clock.now()
        self._habits = Habits()

    def habits(self) -> Habits:
        now = clock.now()
        if now >= self._until:
            self._until = now + _LOOK
            self._habits = CONSIDERATE if self._somebody() else Habits()
        return self._habits

    def _somebody(self) -> bool:
        entries, _more = recent(limit=120)
        since = clock.now() - _ATTENTIVE
        return any(
            e.actor_id in self._shop.humans and e.store_id == self._shop.id and e.recorded_at > since for e in entries
        )


def run(stop: threading.Event, *, rng: np.random.Generator | None = None) -> None:
    """Let the demo live until told to stop. Returns at once where there is no demo."""
    agenda, rng = Agenda(), rng or np.random.default_rng()
    open_doors(agenda, rng)
    while not stop.is_set() and (due := agenda.next_at()):
        wait = (due - clock.now()).total_seconds()
        if wait > 0 and stop.wait(min(wait, 1.0)):
            return
        if due <= clock.now():
            agenda.act()


def open_doors(agenda: Agenda, rng: np.random.Generator) -> None:
    """Put every store's door on the agenda, those left behind in it, and the flagship's first visitors."""
    humans = people_who_sign_in()
    for store, calendar in stores_for(SYSTEM).order_by("id").values_list("pk", "calendar"):
        shop = Shop.open(store, humans=humans)
        habits = Attention(shop).habits
        for visit in left_behind(store=store):
            agenda.begin(farewell(shop, visit, rng))

        def enter(guest: Guest) -> None:
            agenda.begin(_life(guest))

        lively = calendar == ALWAYS_OPEN
        agenda.begin(_door(Door(shop, calendar, FLAGSHIP if lively else STREET), rng, habits, enter))
        for n in range(FIRST if lively else 0):
            agenda.begin(_life(Guest(shop, rng, habits)), after=n * APART)


def _door(
    door: Door, rng: np.random.Generator, habits: Callable[[], Habits], enter: Callable[[Guest], None]
) -> Iterator[float]:
    """A door that opens again after a failure: a locked database must not end the demo."""
    while True:
        try:
            yield from visitors(door, rng, habits, enter)
        except Exception:
            _recover("a door of the simulation failed")
        yield AGAIN


def _life(guest: Guest) -> Iterator[float]:
    """A visitor's life; whose life fails goes home a little later instead of standing there for ever."""
    try:
        yield from guest.life()
    except Exception:
        _recover("a simulated visitor failed")
        if guest.visit:
            yield from farewell(guest.shop, guest.visit, guest.rng)


def _recover(what: str) -> None:
    log.warning(what, exc_info=True)
    refresh_connection()


def farewell(shop: Shop, visit: int, rng: np.random.Generator) -> Iterator[float]:
    """Somebody an earlier run left standing looks around a little longer and goes, unless a person has taken them."""
    yield float(rng.uniform(*STAY))
    try:
        if not touched(visit, shop.humans):
            leave(visit=visit, outcome="left", actor=shop.on_duty("greeter", rng))
        went(visit)
    except Refused:
        went(visit)  # Over already.
    except Error:
        _recover("a farewell of the simulation failed")
        yield from farewell(shop, visit, rng)
