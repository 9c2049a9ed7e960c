"""Simulated days: the same visitors as in the living demo, in a clock that jumps from act to act."""

from datetime import datetime

import numpy as np

from clothier.eventlog.deliveries import run_due
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for
from clothier.simulation.chain import ALWAYS_OPEN
from clothier.simulation.draws import stream
from clothier.simulation.floor.agenda import Agenda
from clothier.simulation.floor.guest import Guest
from clothier.simulation.floor.habits import Habits
from clothier.simulation.floor.shop import Shop, people_who_sign_in
from clothier.simulation.floor.street import Door, visitors
from clothier.simulation.footfall import STREET
from clothier.standards.services import next_due, sweep

# Acts between two rounds of the deferred handlers.
_ROUND = 200


def play(*, time: clock.SimulatedClock, until: datetime, busiest: float, seed: int, finish: bool = True) -> int:
    """Let every store live until then; how many acts were played. Whoever is in it may `finish`, or stands there still.

    `busiest` is visitors in the flagship's busiest hour.
    Promises are swept at the very moment they fall due, between two acts, as a worker does.
    """
    agenda, rng = Agenda(), stream(seed, "days")
    open_doors(agenda, rng, busiest, until)
    acts = 0
    while (at := agenda.next_at()) and (finish or at <= until):
        sweep_until(time, at)
        agenda.act()
        acts += 1
        if acts % _ROUND == 0:
            deliver()
    sweep_until(time, max(until, time.now()))
    deliver()
    return acts


def open_doors(agenda: Agenda, rng: np.random.Generator, busiest: float, until: datetime) -> None:
    """Every store's door, with nobody waiting before it; nobody is let in after `until`."""
    humans = people_who_sign_in()

    def enter(guest: Guest) -> None:
        agenda.begin(guest.life())

    for store, calendar in stores_for(SYSTEM).order_by("id").values_list("pk", "calendar"):
        rate = busiest if calendar == ALWAYS_OPEN else busiest * STREET
        door = Door(Shop.open(store, humans=humans), calendar, rate)
        agenda.begin(visitors(door, rng, Habits, enter, until=until))


def sweep_until(time: clock.SimulatedClock, until: datetime) -> None:
    """Jump from one due promise to the next, and then to the moment itself."""
    while (due := next_due()) and due <= until:
        time.move_to(max(due, time.now()))
        sweep()
    time.move_to(max(until, time.now()))


def deliver() -> None:
    while run_due(limit=200):
        pass
