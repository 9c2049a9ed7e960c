"""In which capacity somebody acts: the highest of the authority's roles that they fill at this moment."""

from clothier.kernel import clock
from clothier.staff.selectors import roles_of
from clothier.standards.contracts import role_resolver
from clothier.standards.selectors import document


def capacity_of(actor: int, store: int | None) -> str:
    """A role of the authority to compensate, else the person's own role; "" for somebody who is no employee."""
    own, now = roles_of([actor]).get(actor, ""), clock.now()
    for limit in reversed(document("authority").limits):
        if limit.role == own or actor in role_resolver.ask(limit.role, store, None, now):
            return limit.role
    return own
