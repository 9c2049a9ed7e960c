"""First the stores, their zones and fitting rooms, and the people who work in them."""

from collections.abc import Mapping
from datetime import date, timedelta

from clothier.kernel.access import SYSTEM
from clothier.places.selectors import zones_for
from clothier.places.services import save_stores
from clothier.simulation import chain
from clothier.simulation.accounts import demo_accounts
from clothier.staff.services import import_employees, plan_shifts

# The roster reaches back for the board's comparisons and ahead so that a demo left running stays staffed.
BEHIND, AHEAD = 14, 42


def open_stores(*, limit: int) -> dict[str, chain.StorePlace]:
    """The stores with their zones, by code."""
    ids = save_stores(stores=chain.stores(limit=limit))
    return {code: chain.StorePlace(pk, _zones(pk)) for code, pk in ids.items()}


def _zones(store: int) -> dict[str, int]:
    return dict(zones_for(SYSTEM, store=store).values_list("code", "id"))


def hire(*, seed: int, places: Mapping[str, chain.StorePlace], today: date) -> list[list[int]]:
    """The staff with their accounts and shifts; the associates of each store, demo accounts left out."""
    passwords = {account.username: account.password for account in demo_accounts()}
    store_ids = {code: place.id for code, place in places.items()}
    payroll = chain.payroll(seed=seed, store_ids=store_ids, today=today, passwords=passwords)
    ids = import_employees(people=payroll.people)
    days = [today + timedelta(days=n) for n in range(-BEHIND, AHEAD)]
    plan_shifts(shifts=chain.roster(payroll.jobs, ids, places, days))
    sellers = [job for job in payroll.jobs if job.post == "associate" and job.watch != chain.ALWAYS]
    return [[ids[job.number] for job in sellers if job.store == code] for code in places]
