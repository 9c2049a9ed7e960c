"""What a person is called to: promises whose ladder told them, or that are theirs by their role."""

from collections.abc import Iterable

from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.standards.contracts import PromiseView, role_resolver
from clothier.standards.models import Timer
from clothier.standards.selectors.promises import due_soon

MOST = 200


def duties(
    viewer: Viewer, *, keys: Iterable[str], roles: Iterable[str] = (), language: str = "zh"
) -> list[PromiseView]:
    """Open promises of these kinds that call the viewer, the most urgent first; what somebody took on is theirs.

    `roles`: whoever fills one of these is called from the start, before anything breaks.
    """
    if viewer.employee is None:
        return []
    pressing = [one for one in due_soon(viewer, keys=list(keys), limit=MOST, language=language) if not one.acknowledged]
    fired = Timer.objects.filter(promise__in=[one.id for one in pressing]).values_list("promise_id", "employee_ids")
    told = {promise for promise, people in fired if viewer.employee in people}
    now, theirs, holders = clock.now(), set(roles), dict[tuple[str, int | None], list[int]]()

    def called(one: PromiseView) -> bool:
        if one.id in told or one.owner_role not in theirs:
            return one.id in told
        place = one.owner_role, one.store_id
        if place not in holders:
            holders[place] = role_resolver.ask(*place, None, now)
        return viewer.employee in holders[place]

    return [one for one in pressing if called(one)]
