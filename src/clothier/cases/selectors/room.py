"""How much somebody may give for a case before they have to ask, and whom they would ask."""

from dataclasses import dataclass

from clothier.cases.models import Case, Compensation
from clothier.cases.selectors.capacity import capacity_of
from clothier.cases.selectors.giving import budget_of, given_before
from clothier.customers.selectors import person_of
from clothier.standards.selectors import document


@dataclass(frozen=True, slots=True)
class Room:
    """In fen. `left` is what may still be given without asking, None without a ceiling; `given` what the customer was
    given within `days` days; `month_left` what is left of this month's budget. `above`: the roles to ask, each with
    how much it may give.
    """

    role: str
    left: int | None
    given: int
    days: int
    month_left: int | None
    above: tuple[tuple[str, int | None], ...]


def room_of(case: Case, actor: int) -> Room:
    """What this person may give for the case now."""
    rules = document("authority")
    role = capacity_of(actor, case.store_id)
    person = person_of(case.customer_id) if case.customer_id else None
    given = given_before(Compensation(case=case, person_id=person))
    mine = rules.limit(role)
    month = None if mine is None or mine.per_month is None else max(0, mine.per_month - budget_of(actor))
    most = 0 if mine is None else mine.per_case
    rooms = [room for room in (None if most is None else max(0, most - given), month) if room is not None]
    roles = [limit.role for limit in rules.limits]
    after = rules.limits[roles.index(role) + 1 :] if role in roles else rules.limits
    return Room(
        role,
        min(rooms, default=None),
        given,
        rules.window_days,
        month,
        tuple((one.role, one.per_case) for one in after),
    )
