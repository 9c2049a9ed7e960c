"""Value layers of everybody: when the house rules change, a million people are due at once.

A stretch of ids is read, placed and written as columns; only who has moved is written. Loading NumPy is for who has
that many to place.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Min

from clothier.customers.models import Encounter, Profile
from clothier.customers.rules.placing import NEVER, Ints, Placements, Standings, place_all
from clothier.customers.services import figures
from clothier.customers.standing import ladder
from clothier.kernel import clock, columns

STRETCH = 50_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WINDOW = ("window_orders", "window_spend_fen", "window_margin_fen", "window_oldest_at")


def place_stretch() -> int:
    """Place everybody of a stretch of ids that begins with somebody who is due; how many were looked at."""
    due = Profile.objects.filter(live=True, next_layer_change_at__lte=clock.now())
    low: int | None = due.aggregate(low=Min("pk"))["low"]
    if low is None:
        return 0
    with transaction.atomic():
        return _place(low, low + STRETCH)


def _place(low: int, high: int) -> int:
    now, limits = clock.now(), ladder()
    people, layers, kept = _profiles(low, high)
    if not len(people):
        return 0
    window = _windows(people, low, high, now - limits.window)
    told = {name: kept[name] for name in ("orders", "first_purchase_at", "last_purchase_at")}
    placed = place_all(Standings(**told, **window), limits, _micros(now))
    names = [*(step.key for step in limits.steps), ""]
    found = np.array([names[step] for step in placed.step.tolist()], dtype=object)
    changed = found != layers
    differs = changed | (placed.changes_at != kept["next_layer_change_at"])
    for name in _WINDOW:
        differs |= window[name] != kept[name]
    _write(people, found, changed, np.flatnonzero(differs), window, placed)
    _tell(people, layers, found, np.flatnonzero(changed))
    return len(people)


def _profiles(low: int, high: int) -> tuple[Ints, Any, dict[str, Ints]]:
    """Ids, layers, and the figures layers are decided on."""
    plain = ("orders", "window_orders", "window_spend_fen", "window_margin_fen")
    moments = ("first_purchase_at", "last_purchase_at", "window_oldest_at", "next_layer_change_at")
    told = ", ".join(["customer_id", "layer", *plain, *(columns.micros(name, NEVER) for name in moments)])
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    where = "live AND customer_id >= %s AND customer_id < %s ORDER BY customer_id"
    rows = columns.read(f"SELECT {told} FROM {columns.table(Profile)} WHERE {where}{lock}", [low, high])  # noqa: S608
    if not rows:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=object), {}
    ids, layers, *figures_of = zip(*rows, strict=True)
    kept = {name: _ints(column) for name, column in zip((*plain, *moments), figures_of, strict=True)}
    return _ints(ids), np.array(layers, dtype=object), kept


def _windows(people: Ints, low: int, high: int, since: datetime) -> dict[str, Ints]:
    """The window's sums of everybody in the stretch, from their encounters."""
    first = columns.micros("MIN(e.occurred_at)", NEVER)
    told = f"c.person_id, COUNT(CASE WHEN e.kind = %s THEN 1 END), SUM(e.spend_fen), SUM(e.margin_fen), {first}"
    held = f"{columns.table(Encounter)} e JOIN customers_customer c ON c.id = e.customer_id"
    where = "c.person_id >= %s AND c.person_id < %s AND e.kind IN (%s, %s) AND e.occurred_at > %s"
    bought, returned = Encounter.Kind.PURCHASE.value, Encounter.Kind.RETURN.value
    rows = columns.read(
        f"SELECT {told} FROM {held} WHERE {where} GROUP BY c.person_id",  # noqa: S608 - our own names
        [bought, low, high, bought, returned, *columns.stamps([since])],
    )
    sums = {name: np.full(len(people), NEVER if name.endswith("_at") else 0, dtype=np.int64) for name in _WINDOW}
    if rows:
        person, *counted = (_ints(column) for column in zip(*rows, strict=True))
        place = np.searchsorted(people, person)
        # Encounters of records without a live profile (erased) are nobody's.
        there = (place < len(people)) & (people[np.minimum(place, len(people) - 1)] == person)
        for name, column in zip(_WINDOW, counted, strict=True):
            sums[name][place[there]] = column[there]
    return sums


def _write(people: Ints, layers: Any, changed: Any, rows: Any, window: dict[str, Ints], placed: Placements) -> None:
    """The rows that are other than they were; a new layer begins now."""
    (stamp,) = columns.stamps([clock.now()])
    moved = rows[changed[rows]]
    columns.update(
        Profile,
        {"layer": layers[moved].tolist(), "layer_since": [stamp] * len(moved)},
        keys=people[moved].tolist(),
    )
    told: dict[str, list[Any]] = {name: window[name][rows].tolist() for name in _WINDOW[:3]}
    told["window_oldest_at"] = _stamps(window["window_oldest_at"][rows])
    told["next_layer_change_at"] = _stamps(placed.changes_at[rows])
    columns.update(Profile, told, keys=people[rows].tolist())


def _tell(people: Ints, was: Any, layers: Any, moved: Any) -> None:
    figures.tell(
        [
            figures.Move(person, before, after)
            for person, before, after in zip(people[moved].tolist(), was[moved], layers[moved], strict=True)
        ]
    )


def _ints(column: Sequence[Any]) -> Ints:
    return np.array(column, dtype=np.int64)


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _stamps(micros: Ints) -> list[Any]:
    moments = (None if at == NEVER else _EPOCH + timedelta(microseconds=at) for at in micros.tolist())
    return columns.stamps(moments)
