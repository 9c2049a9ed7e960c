"""What goes beside the steps of attended visits: fittings with their pieces, and calls from the fitting rooms."""

from collections.abc import Sequence

import numpy as np

from clothier.eventlog.contracts import Event, History
from clothier.kernel.columns import Cells, Every, Ints, claim, insert
from clothier.visits import events
from clothier.visits.contracts import PastServices
from clothier.visits.models import Bell, Fitting, FittingItem


def load_fittings(told: PastServices, visits: range) -> list[History]:
    """Write the sessions and their pieces; their events, still to be recorded."""
    of = told.fittings
    sessions = np.array(claim(Fitting, len(of.visits)), dtype=np.int64)
    insert(Fitting, count=len(sessions), columns={
        "id": sessions, "visit_id": of.visits + visits.start, "opened_at": of.opened, "opened_by_id": of.actors,
        "closed_at": of.closed, "closed_by_id": of.actors, "rating": of.ratings,
    })  # fmt: skip
    whose = [of.actors[nth] for nth in of.sessions.tolist()]
    insert(FittingItem, count=len(of.skus), columns={
        "fitting_id": sessions[of.sessions], "sku_id": of.skus, "brought_at": of.brought, "outcome": of.outcomes,
        "reason": of.reasons, "tried_at": of.tried, "by_id": whose,
    })  # fmt: skip
    return _fitting_events(told, sessions, visits, whose)


def _fitting_events(told: PastServices, sessions: Ints, visits: range, whose: Sequence[int | None]) -> list[History]:
    of, (items, kept) = told.fittings, _counts(told)
    at, within = of.visits, of.visits[of.sessions]
    pieces = sessions[of.sessions]
    session = [f'"visit_id":{visit + visits.start}' for visit in at.tolist()]
    piece = [f'{session[nth]},"sku_id":{sku}' for nth, sku in zip(of.sessions.tolist(), of.skus.tolist(), strict=True)]
    tried = [
        f'{{{one},"outcome":"{outcome}"' + (f',"reason":"{reason}"}}' if reason else "}")
        for one, outcome, reason in zip(piece, of.outcomes, of.reasons, strict=True)
    ]
    closed = [
        f'{{{one},"items":{n},"kept":{k}' + (f',"rating":{rating}}}' if rating else "}")
        for one, n, k, rating in zip(session, items, kept, of.ratings, strict=True)
    ]
    opened, brought = [f"{{{one}}}" for one in session], [f"{{{one}}}" for one in piece]
    return [
        witnessed(told, events.FittingOpened, "fitting", sessions, at, of.opened, opened, of.actors),
        witnessed(told, events.FittingItemBrought, "fitting", pieces, within, of.brought, brought, whose),
        witnessed(told, events.FittingItemTried, "fitting", pieces, within, of.tried, tried, whose),
        witnessed(told, events.FittingClosed, "fitting", sessions, at, of.closed, closed, of.actors),
    ]


def load_bells(told: PastServices, visits: range) -> list[History]:
    """Write the calls; their events, still to be recorded."""
    of, source = told.bells, Bell.Source.FITTING_ROOM.value
    bells = np.array(claim(Bell, len(of.visits)), dtype=np.int64)
    whose, stores = (of.visits + visits.start).tolist(), told.visits.stores[of.visits]
    zones = of.zones.tolist()
    insert(Bell, count=len(bells), columns={
        "id": bells, "store_id": stores, "source": Every(source), "zone_id": zones, "visit_id": whose,
        "place": [f"{source}:{zone}:{visit}" for zone, visit in zip(zones, whose, strict=True)], "wish": of.wishes,
        "sku_id": of.skus, "rung_at": of.rung, "answered_at": of.answered, "answered_by_id": of.actors,
    })  # fmt: skip
    answered = [f'{{"source":"{source}","visit_id":{visit}}}' for visit in whose]
    rung = [
        f'{{"source":"{source}","zone_id":{zone},"visit_id":{visit}'
        + (f',"wish":"{wish}","sku_id":{sku}}}' if wish else "}")
        for zone, visit, wish, sku in zip(zones, whose, of.wishes, of.skus, strict=True)
    ]
    return [
        witnessed(told, events.BellRung, "bell", bells, of.visits, of.rung, rung, None),
        witnessed(told, events.BellAnswered, "bell", bells, of.visits, of.answered, answered, of.actors),
    ]


def _counts(told: PastServices) -> tuple[list[int], list[int]]:
    """Pieces of each session, and those that were kept."""
    of, count = told.fittings, len(told.fittings.visits)
    kept = of.sessions[np.array([outcome == FittingItem.Outcome.KEPT for outcome in of.outcomes], dtype=np.bool_)]
    return np.bincount(of.sessions, minlength=count).tolist(), np.bincount(kept, minlength=count).tolist()


def witnessed(
    told: PastServices,
    event: type[Event],
    kind: str,
    subjects: Ints,
    at: Ints,
    moments: Ints,
    payloads: Sequence[str],
    actors: Sequence[int | None] | None,
) -> History:
    """Events of the visits at these places, as if told at the time."""
    customers: Cells = told.visits.customers
    return History(
        event=event,
        subject_kind=kind,
        subjects=subjects,
        customers=customers if isinstance(customers, Every) else np.asarray(customers)[at],
        stores=told.visits.stores[at],
        moments=moments,
        payloads=payloads,
        actors=actors,
        witnessed=True,
    )
