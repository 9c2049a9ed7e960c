"""What happens to places."""

from clothier.eventlog.contracts import Event


class StoreSaved(Event):
    """A store was opened in the system, or its description or zones changed."""

    type = "store.saved"
    store_id: int
