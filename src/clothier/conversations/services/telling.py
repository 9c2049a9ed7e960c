"""An event of a conversation, with whose and where it is."""

from clothier.conversations.models import Thread
from clothier.eventlog.contracts import Event
from clothier.eventlog.services import record


def tell(row: Thread, event: Event, *, actor: int | None = None, key: str | None = None) -> None:
    """Inside the verb's transaction. Raises AlreadyRecorded on a used key."""
    record(event, subject=row.ref, customer=row.customer_id, store=row.store_id, actor=actor, key=key)
