"""What follows from elsewhere: new value layers mean that everybody is looked at again."""

from datetime import datetime

from clothier.customers.services.schedule import look_again_at_everybody
from clothier.eventlog.contracts import Happening, deferred
from clothier.standards.events import RulesPublished


@deferred("customers.relayer", RulesPublished.type)
def relayer(entry: Happening) -> None:
    """Idempotent: everybody becomes due once more, and the refresh finds who has moved."""
    if entry.payload["document"] == "value_layers":
        look_again_at_everybody(at=datetime.fromisoformat(entry.payload["effective_at"]))
