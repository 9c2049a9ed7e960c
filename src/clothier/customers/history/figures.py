"""What the people of a history did, and the profiles that adds up to."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import compress

import numpy as np
from django.db import transaction
from django.utils import timezone

from clothier.customers.contracts import PastDeeds
from clothier.customers.events import LayerChanged
from clothier.customers.history.people import People
from clothier.customers.models import Encounter, Profile
from clothier.customers.rules.days import days_of
from clothier.customers.rules.layers import Ladder, Placement, Standing, place
from clothier.customers.selectors.counting import DAYS
from clothier.customers.services.registration import first_layer
from clothier.customers.standing import ladder
from clothier.eventlog.contracts import History
from clothier.eventlog.history import record_history
from clothier.kernel import clock
from clothier.kernel.columns import NEVER, Columns, Every, Ints, insert

_KIND = Encounter.Kind
_COUNTED = {_KIND.PURCHASE: "orders", _KIND.RETURN: "returns", _KIND.VISIT: "visits", _KIND.FITTING: "fittings"}
_DAY = (1 << 20) - 1
_LATE = int(np.iinfo(np.int64).max)


class Figures:
    """The figures of some people's profiles as arrays, counted from their deeds; a column without any is of noughts."""

    def __init__(self, size: int, deeds: Sequence[PastDeeds], limits: Ladder, now: datetime) -> None:
        self.size = size
        self.columns: dict[str, Ints] = {}
        since = (now - limits.window).timestamp()
        for deed in deeds:
            self._add(_COUNTED[_KIND(deed.kind)], deed.people, np.ones(len(deed.refs), dtype=np.int64))
            if deed.kind == _KIND.VISIT:
                self._latest("last_visit_at", deed)
            if deed.kind == _KIND.PURCHASE:
                self._add("items", deed.people, deed.items)
                self._latest("last_purchase_at", deed)
                self._earliest("first_purchase_at", deed.people, deed.moments)
            self._add("spend_fen", deed.people, deed.spend)
            self._add("margin_fen", deed.people, deed.margin)
            if deed.kind in (_KIND.PURCHASE, _KIND.RETURN):
                self._count_window(deed, deed.moments > since)

    def column(self, name: str) -> Ints:
        empty = NEVER if name.endswith("_at") else 0
        return self.columns.get(name, np.full(self.size, empty, dtype=np.int64))

    def put_days(self, deeds: Sequence[PastDeeds]) -> None:
        """Purchase days: several purchases on one day are one, and what the first day brought is not repeated."""
        bought = [deed for deed in deeds if deed.kind == _KIND.PURCHASE]
        if not any(len(deed.refs) for deed in bought):
            return
        who = np.concatenate([deed.people for deed in bought])
        fen = np.concatenate([np.zeros(len(deed.refs), int) if deed.spend is None else deed.spend for deed in bought])
        day = days_of(np.concatenate([deed.moments for deed in bought]), timezone.get_default_timezone())
        # One key of both; a day's number has room in twenty bits until the year 2870.
        keys, place = np.unique((who << 20) | day, return_inverse=True)
        spent = np.zeros(len(keys), dtype=np.int64)
        np.add.at(spent, place, fen)
        people, first, days = np.unique(keys >> 20, return_index=True, return_counts=True)
        found = (days, keys[first] & _DAY, keys[first + days - 1] & _DAY, spent[first])
        for name, column in zip(DAYS, (*found, np.add.reduceat(spent, first) - spent[first]), strict=True):
            self.columns[name] = np.zeros(self.size, dtype=np.int64)
            self.columns[name][people] = column

    def _count_window(self, deed: PastDeeds, inside: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> None:
        who = deed.people[inside]
        if deed.kind == _KIND.PURCHASE:
            self._add("window_orders", who, np.ones(len(who), dtype=np.int64))
        self._add("window_spend_fen", who, deed.spend[inside] if deed.spend is not None else None)
        self._add("window_margin_fen", who, deed.margin[inside] if deed.margin is not None else None)
        self._earliest("window_oldest_at", who, deed.moments[inside])

    def _add(self, name: str, people: Ints, amounts: "Ints | None") -> None:
        if amounts is not None:
            np.add.at(self.columns.setdefault(name, np.zeros(self.size, dtype=np.int64)), people, amounts)

    def _latest(self, name: str, deed: PastDeeds) -> None:
        np.maximum.at(self.columns.setdefault(name, self.column(name)), deed.people, deed.moments)

    def _earliest(self, name: str, people: Ints, moments: Ints) -> None:
        # NEVER is the smallest number there is, so the search for the earliest begins at the largest.
        found = np.full(self.size, _LATE, dtype=np.int64)
        known = self.column(name)
        found[known != NEVER] = known[known != NEVER]
        np.minimum.at(found, people, moments)
        self.columns[name] = np.where(found == _LATE, NEVER, found)


@transaction.atomic
def load_deeds(deeds: Sequence[PastDeeds], people: People) -> None:
    """Count everybody's encounters and write their profiles, which nobody has written yet."""
    for deed in deeds:
        _load_encounters(deed, people)
    limits, now = ladder(), clock.now()
    figures = Figures(len(people.ids), deeds, limits, now)
    figures.put_days(deeds)
    first = first_layer()
    standings = _standings(figures)
    placed = [place(standing, limits, now) for standing in standings]
    since = np.array([_since(*each, first, limits, now) for each in zip(standings, placed, strict=True)])
    told: Columns = {
        "customer_id": people.ids,
        "layer": [placement.layer for placement in placed],
        "layer_since": np.where(since == NEVER, people.registered, since),
        "next_layer_change_at": np.array([_second(placement) for placement in placed], dtype=np.int64),
        "registered_at": people.registered,
        "store_id": _last_stores(deeds, people),
        "window_seconds": Every(limits.window_seconds),
        **{name: figures.column(name) for name in _FIGURES},
        **{name: [day or None for day in figures.column(name).tolist()] for name in ("first_day", "last_day")},
    }
    insert(Profile, told, count=len(people.ids))
    _tell_layers(people, placed, first, since)


_FIGURES = (
    "orders", "returns", "items", "visits", "fittings", "spend_fen", "margin_fen", "window_orders", "window_spend_fen",
    "window_margin_fen", "window_oldest_at", "first_purchase_at", "last_purchase_at", "last_visit_at",
    "purchase_days", "first_day_fen", "repeat_fen",
)  # fmt: skip
_STANDING = (
    "orders", "first_purchase_at", "last_purchase_at", "window_orders", "window_spend_fen", "window_margin_fen",
    "window_oldest_at",
)  # fmt: skip


def _load_encounters(deed: PastDeeds, people: People) -> None:
    told: Columns = {
        "customer_id": people.id_of(deed.people),
        "kind": Every(str(_KIND(deed.kind).value)),
        "ref_id": deed.refs,
        "store_id": deed.stores,
        "occurred_at": deed.moments,
        "items": deed.items if deed.items is not None else Every(0),
        "spend_fen": deed.spend if deed.spend is not None else Every(0),
        "margin_fen": deed.margin if deed.margin is not None else Every(0),
    }
    insert(Encounter, told, count=len(deed.refs))


def _standings(figures: Figures) -> list[Standing]:
    columns = (figures.column(name).tolist() for name in _STANDING)
    return [
        Standing(orders, _moment(first), _moment(last), in_window, spend, margin, _moment(oldest))
        for orders, first, last, in_window, spend, margin, oldest in zip(*columns, strict=True)
    ]


def _moment(second: int) -> datetime | None:
    return None if second == NEVER else datetime.fromtimestamp(second, UTC)


def _second(placement: Placement) -> int:
    return NEVER if placement.changes_at is None else int(placement.changes_at.timestamp())


def _since(standing: Standing, placed: Placement, first: str, limits: Ladder, now: datetime) -> int:
    """Since when somebody is in a layer: the last purchase, or the last bound in days that was crossed since then."""
    last = standing.last_purchase_at
    if placed.layer == first or last is None:
        return NEVER
    crossed = [last + offset for offset in limits.since_last if last + offset <= now]
    return int(max([last, *crossed]).timestamp())


def _last_stores(deeds: Sequence[PastDeeds], people: People) -> Ints:
    """Where each was last seen; where they registered, who was never seen again."""
    who = np.concatenate([deed.people for deed in deeds])
    where = np.concatenate([np.broadcast_to(deed.stores, len(deed.people)) for deed in deeds])
    order = np.argsort(np.concatenate([deed.moments for deed in deeds]), kind="stable")
    stores = people.stores.copy()
    stores[who[order]] = where[order]  # Of several values for one place the last stays.
    return stores


def _tell_layers(people: People, placed: Sequence[Placement], first: str, since: Ints) -> None:
    moved = since != NEVER
    moves = list(compress(zip(people.ids, placed, strict=True), moved.tolist()))
    ids = [pk for pk, _placed in moves]
    payloads = [f'{{"customer_id": {pk}, "was": "{first}", "layer": "{each.layer}"}}' for pk, each in moves]
    record_history(History(LayerChanged, "customer", ids, ids, Every(None), since[moved], payloads))
