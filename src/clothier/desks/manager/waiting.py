"""What waits for somebody's yes: compensation above its giver's limit, and broken promises that should not count."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from clothier.cases.contracts import CompensationState
from clothier.cases.selectors import approvals_for
from clothier.kernel.access import Role, Viewer
from clothier.kernel.money import Money
from clothier.staff.selectors import names_of
from clothier.standards.contracts import PromiseView
from clothier.standards.selectors import subjects_promises, waivers_waiting

MOST = 8


@dataclass(frozen=True, slots=True)
class Wait:
    title: str
    line: str
    since: datetime
    href: str
    clock: PromiseView | None = None


def waits(viewer: Viewer, *, store: int | None = None, language: str = "zh") -> list[Wait]:
    """The longest waiting first; nothing for whoever may not decide."""
    if not viewer.may(Role.MANAGER, Role.OPERATOR):
        return []
    given = [one for one in approvals_for(viewer, store=store, limit=MOST) if one.state == CompensationState.ASKED]
    asked = waivers_waiting(viewer, store=store, language=language)
    clocks = subjects_promises(viewer, kind="compensation", ids=[one.pk for one in given], language=language)
    people = names_of([*(one.asked_by for one in given), *(one.asked_by for one in asked)]) if given or asked else {}
    found = [
        Wait(
            _("补偿 %(sum)s") % {"sum": Money(one.fen)}, f"{one.case.number} · {people.get(one.asked_by or 0, '')}",
            one.asked_at, reverse("casework:approvals") + f"#compensation-{one.pk}",
            next(iter(clocks.get(one.pk, [])), None),
        )
        for one in given
    ] + [
        Wait(
            _("豁免：%(promise)s") % {"promise": one.name}, f"{one.reason} · {people.get(one.asked_by, '')}",
            one.asked_at, reverse("rulebook:promise", args=[one.promise_id]),
        )
        for one in asked
    ]  # fmt: skip
    return sorted(found, key=lambda wait: wait.since)[:MOST]
