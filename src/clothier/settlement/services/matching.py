"""A closed day is matched once every provider has told of it and no difference of it waits for anybody."""

from datetime import date, timedelta

from django.db import transaction

from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.payments.contracts import statement_formats
from clothier.settlement.contracts import DifferenceState
from clothier.settlement.events import SettlementMatched, SettlementReopened
from clothier.settlement.models import BusinessDay, Difference
from clothier.settlement.selectors.awaiting import awaited
from clothier.settlement.services.comparing import Compared, compare
from clothier.settlement.services.figuring import figure
from clothier.settlement.services.ordering import compare_orders, compare_points

_DAY = timedelta(days=1)


def match(*, first: date, last: date) -> list[Compared]:
    """Compare everything the providers told of these dates, then see which days are through. Twice is once."""
    found = [compare(provider=provider, first=first - _DAY, last=last + _DAY) for provider in sorted(statement_formats)]
    days = BusinessDay.objects.filter(date__range=(first - _DAY, last + _DAY), sealed_at__isnull=False)
    for pk in days.order_by("date", "store").values_list("pk", flat=True):
        settle(day=pk)
    return found


@transaction.atomic
def settle(*, day: int, actor: int | None = None) -> bool:
    """Whether a day is matched by now; its change either way is told."""
    held = BusinessDay.objects.select_for_update().get(pk=day)
    if held.sealed_at is None:
        return False
    figure(held)
    compare_orders(held)
    compare_points(held)
    through = not awaited(held) and not open_in(held)
    held.compared_at = clock.now()
    if through and held.matched_at is None:
        held.matched_at = held.compared_at
        record(SettlementMatched(day_id=day), subject=Ref("day", day), store=held.store_id, actor=actor)
    elif not through and held.matched_at is not None:
        held.matched_at = None
        record(SettlementReopened(day_id=day), subject=Ref("day", day), store=held.store_id, actor=actor)
    held.save(update_fields=["compared_at", "matched_at"])
    return through


def open_in(day: BusinessDay) -> int:
    """Differences of a day that wait for a person."""
    return Difference.objects.filter(store=day.store_id, date=day.date, state=DifferenceState.OPEN).count()
