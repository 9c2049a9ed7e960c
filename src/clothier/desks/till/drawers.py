"""At which drawer a cashier stands. No sale waits for it: without one, the money counts to no drawer."""

from dataclasses import dataclass

from clothier.settlement.selectors import TillSession, sessions_for
from clothier.staff.middleware import ViewerRequest

CHOICE = "drawer"


@dataclass(frozen=True, slots=True)
class Standing:
    """`at` is None while no till of the store is open, and while there is a choice to make among `open`."""

    at: TillSession | None
    open: list[TillSession]

    @property
    def others(self) -> list[TillSession]:
        return [session for session in self.open if session is not self.at]


def standing(request: ViewerRequest, store: int) -> Standing:
    """At the till chosen before; else at the one they opened themselves; else at the only one that is open."""
    running = list(sessions_for(request.viewer).filter(till__store=store, closed_at=None))
    chosen, me = request.session.get(CHOICE), request.viewer.employee
    likely = [one for one in running if one.till_id == chosen] or [one for one in running if one.opened_by == me]
    found = likely or running
    return Standing(found[0] if len(found) == 1 else None, running)


def till_at(request: ViewerRequest, store: int) -> int | None:
    """The till whose drawer the money goes into, or comes out of."""
    at = standing(request, store).at
    return at.till_id if at else None
