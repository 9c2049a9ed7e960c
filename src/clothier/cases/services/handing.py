"""Goods go from one to another: the row that says who took them, and the event that moves the clocks."""

from datetime import date

from clothier.cases.contracts import Holder
from clothier.cases.events import CaseGoodsHandedOver, CaseGoodsReceived
from clothier.cases.models import Case, Handover
from clothier.cases.services.rows import LONGEST, move, words
from clothier.kernel import clock


def hand(
    row: Case,
    holder: Holder | str,
    *,
    reason: str,
    actor: int | None,
    signature: str = "",
    vendor: str = "",
    due_on: date | None = None,
    key: str | None = None,
) -> Case:
    """Within a transaction that holds the case."""
    made = Handover.objects.create(
        case=row, holder=holder, taken_from=row.holder, vendor=vendor.strip()[:60], due_on=due_on, at=clock.now(),
        sealed=row.seal(words(reason, field="reason")), sealed_signature=row.seal(signature.strip()[:LONGEST]),
        actor_id=actor,
    )  # fmt: skip
    here = holder == Holder.SHOP
    event = CaseGoodsReceived(handover_id=made.pk) if here else CaseGoodsHandedOver(holder=holder, handover_id=made.pk)
    return move(row, event, actor=actor, key=key)
