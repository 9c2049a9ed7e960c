"""First the stores, their zones and fitting rooms, and the people who work in them."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import yaml
from django.contrib.auth.hashers import make_password

from clothier.kernel.access import SYSTEM, Viewer
from clothier.places.selectors import zones_for
from clothier.places.services import save_stores
from clothier.simulation import chain
from clothier.simulation.selectors import demo_accounts
from clothier.staff.services import import_employees, plan_shifts
from clothier.standards.selectors import document
from clothier.standards.services import publish, save_draft
from clothier.visits.services.rooms import add_rooms

# The roster reaches back for the board's comparisons and ahead so that a demo left running stays staffed.
BEHIND, AHEAD = 14, 42
ROOMS = {"flagship": 6, "street": 3}


def open_stores(*, limit: int) -> dict[str, chain.StorePlace]:
    """The stores with their zones, by code."""
    facts = chain.stores(limit=limit)
    ids = save_stores(stores=facts)
    # In the order of the content: weights and ranges are told by it.
    places = {store.code: chain.StorePlace(ids[store.code], _zones(ids[store.code])) for store in facts}
    for store in facts:
        place = places[store.code]
        rooms = [str(n) for n in range(1, ROOMS[store.kind] + 1)]
        add_rooms(store=place.id, zone=place.zones.get("fitting"), numbers=rooms)
    return places


def keep_open(*, viewer: Viewer = SYSTEM) -> None:
    """Publish the calendar of a shop that never closes, beside those that are there."""
    calendars = document("calendars").model_dump(mode="json", exclude_defaults=True)
    if any(calendar["code"] == chain.ALWAYS_OPEN for calendar in calendars["calendars"]):
        return
    always = {"every": ["00:00-24:00"]}
    name = {"zh": "示例旗舰店（全天）", "en": "Demo flagship (around the clock)"}
    calendars["calendars"].append(
        {"code": chain.ALWAYS_OPEN, "name": name, "parent": "cn", "opening": always, "service": always}
    )
    text = yaml.safe_dump(calendars, allow_unicode=True, sort_keys=False)
    draft = save_draft(viewer=viewer, key="calendars", text=text, summary=name["zh"])
    publish(viewer=viewer, version_id=draft.pk)


def _zones(store: int) -> dict[str, int]:
    return dict(zones_for(SYSTEM, store=store).values_list("code", "id"))


def hire(*, seed: int, places: Mapping[str, chain.StorePlace], today: date) -> dict[str, list[list[int]]]:
    """The staff with their accounts and shifts; the people of each post by store, demo accounts left out."""
    # The demo's accounts have one password, printed on its door: hashing it once keeps no secret less.
    hashed = cache(make_password)
    passwords = {account.username: hashed(account.password) for account in demo_accounts()}
    store_ids = {code: place.id for code, place in places.items()}
    payroll = chain.payroll(seed=seed, store_ids=store_ids, today=today, passwords=passwords)
    ids = import_employees(people=payroll.people)
    days = [today + timedelta(days=n) for n in range(-BEHIND, AHEAD)]
    plan_shifts(shifts=chain.roster(payroll.jobs, ids, places, days))
    jobs = [job for job in payroll.jobs if job.watch != chain.ALWAYS]
    posts = sorted({job.post for job in jobs})
    return {
        post: [[ids[j.number] for j in jobs if (j.post, j.store) == (post, code)] for code in places] for post in posts
    }
