"""Visits of the past, many at a time: from a counter's file, another system, or a demo's history."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import Note, record_all
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.rows import insert
from clothier.visits.contracts import PastVisit
from clothier.visits.events import VisitRecorded
from clothier.visits.models import Visit

OUTCOMES = (Visit.Outcome.BOUGHT, Visit.Outcome.LEFT)


@transaction.atomic
def record_past(*, visits: Sequence[PastVisit], actor: int | None = None) -> list[int]:
    """Record visits that are over; their ids in the order given. Not idempotent: tell a file once.

    They carry no steps and start no promise, for nobody can be in time for the past. Raises Refused for a visit that
    is not over yet, ends before it begins, or went out otherwise than bought or left; then none is recorded.
    """
    for visit in visits:
        _check(visit)
    rows = [
        Visit(
            store_id=visit.store_id,
            customer_id=visit.customer_id,
            via=visit.via,
            party_size=visit.party_size,
            arrived_at=visit.arrived_at,
            left_at=visit.left_at,
            outcome=visit.outcome,
        )
        for visit in visits
    ]
    insert(rows)
    record_all(_note(row, actor) for row in rows)
    return [row.pk for row in rows]


def _check(visit: PastVisit) -> None:
    if not visit.arrived_at <= visit.left_at <= clock.now():
        raise Refused(_("补录的到店必须已经结束"), field="left_at")
    if visit.outcome not in OUTCOMES or visit.via not in Visit.Via.values:
        raise Refused(_("请选择客人是否购买"), field="outcome")


def _note(row: Visit, actor: int | None) -> Note:
    seconds = int((row.left_at - row.arrived_at).total_seconds()) if row.left_at else 0
    return Note(
        VisitRecorded(outcome=row.outcome, seconds=seconds),
        row.ref,
        customer=row.customer_id,
        store=row.store_id,
        actor=actor,
        occurred_at=row.arrived_at,
    )
