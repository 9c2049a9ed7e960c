"""Value layers of everybody: when the house rules change, a million people are due at once.

The database itself says in which layer each of a stretch of ids should be; only what is other than it was is written.
Loading NumPy is for who has that many to place.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Min, Q

from clothier.customers.models import Profile, Relayering
from clothier.customers.rules.layer_sql import layer_sql
from clothier.customers.rules.layers import Ladder
from clothier.customers.rules.placing import changes_at
from clothier.customers.services import figures, recounting
from clothier.customers.standing import ladder
from clothier.kernel import clock, columns
from clothier.kernel.columns import NEVER, Ints

STRETCH = 50_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENTS = ("first_purchase_at", "last_purchase_at", "window_oldest_at", "next_layer_change_at")


def place_next() -> int:
    """Place the next stretch of ids of the relayering that is due; how many were looked at, none when it is over."""
    with transaction.atomic():
        due = Relayering.objects.select_for_update().filter(at__lte=clock.now()).order_by("at", "pk").first()
        if due is None:
            return 0
        low: int | None = Profile.objects.filter(pk__gt=due.reached, live=True).aggregate(low=Min("pk"))["low"]
        if low is None:
            due.delete()
            return 0
        due.reached = low + STRETCH - 1
        due.save(update_fields=["reached"])
        return _place(low, low + STRETCH)


def place_stretch() -> int:
    """Place everybody of a stretch of ids that begins with somebody who is due; how many were looked at."""
    due = Profile.objects.filter(live=True, next_layer_change_at__lte=clock.now())
    low: int | None = due.aggregate(low=Min("pk"))["low"]
    if low is None:
        return 0
    with transaction.atomic():
        return _place(low, low + STRETCH)


def _place(low: int, high: int) -> int:
    limits, now = ladder(), clock.now()
    _put_windows(low, high, limits)
    people, was, layers, kept = _profiles(low, high, layer_sql(limits, now))
    due = kept.pop("next_layer_change_at")
    changes = changes_at(limits=limits, now=_micros(now), **kept)
    moved, differs = np.flatnonzero(layers != was), np.flatnonzero(changes != due)
    _write(people[moved], {"layer": layers[moved], "layer_since": columns.Every(now)})
    _write(people[differs], {"next_layer_change_at": _moments(changes[differs])})
    _tell(people[moved], was[moved], layers[moved])
    return len(people)


def _put_windows(low: int, high: int, limits: Ladder) -> None:
    """Count the windows anew out of which something has fallen since, or that have another length now."""
    fallen = Q(window_oldest_at__lte=clock.now() - limits.window) | ~Q(window_seconds=limits.window_seconds)
    stretch = Profile.objects.filter(fallen, pk__gte=low, pk__lt=high, live=True).order_by("pk")
    profiles = list(stretch.select_for_update().only("pk", *figures.WINDOW))
    if profiles:
        recounting.recount_windows(profiles, limits)
        told = {name: [getattr(profile, name) for profile in profiles] for name in figures.WINDOW}
        columns.update(Profile, told, keys=[profile.pk for profile in profiles])


def _profiles(low: int, high: int, layer: str) -> tuple[Ints, Any, Any, dict[str, Ints]]:
    """Ids, layers as they are and as they should be, and the moments on which hangs when to look again."""
    told = ", ".join(columns.instant(name) for name in _MOMENTS)
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    where = "live AND customer_id >= %s AND customer_id < %s ORDER BY customer_id"
    asked = f"SELECT customer_id, layer, {layer}, {told} FROM {columns.table(Profile)} WHERE {where}{lock}"  # noqa: S608
    people, was, layers, *moments = zip(*columns.read(asked, [low, high]), strict=True)
    kept = {name: columns.micros(column) for name, column in zip(_MOMENTS, moments, strict=True)}
    return np.array(people, dtype=np.int64), np.array(was, dtype=object), np.array(layers, dtype=object), kept


def _write(people: Ints, told: columns.Columns) -> None:
    columns.update(Profile, told, keys=people.tolist())


def _tell(people: Ints, was: Any, layers: Any) -> None:
    moves = zip(people.tolist(), was, layers, strict=True)
    figures.tell([figures.Move(person, before, after) for person, before, after in moves])


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moments(micros: Ints) -> list[datetime | None]:
    return [None if at == NEVER else _EPOCH + timedelta(microseconds=at) for at in micros.tolist()]
