"""What follows from elsewhere: new value layers mean that everybody is looked at again."""

from datetime import datetime

from clothier.customers.events import TagRestored, TagSaved
from clothier.customers.services.schedule import look_again_at_everybody
from clothier.customers.services.tags import refresh_rule_tag
from clothier.eventlog.contracts import Happening, deferred
from clothier.standards.events import RulesPublished


@deferred("customers.find_doubles", "import.finished")
def find_doubles(entry: Happening) -> None:
    """After a file of customers, probable doubles go to the review queue. Idempotent: a pair is put up once."""
    if entry.payload["kind"] == "customers":
        from clothier.customers.services.linking import find_duplicates  # Splink is loaded only where it is used.

        find_duplicates()


@deferred("customers.relayer", RulesPublished.type)
def relayer(entry: Happening) -> None:
    """Idempotent: everybody becomes due once more, and the refresh finds who has moved."""
    if entry.payload["document"] == "value_layers":
        look_again_at_everybody(at=datetime.fromisoformat(entry.payload["effective_at"]))


@deferred("customers.retag", TagSaved.type, TagRestored.type)
def retag(entry: Happening) -> None:
    """A rule's tag is on whom it should be as soon as it is saved, not only after the night. Idempotent."""
    if entry.payload["rule"]:
        refresh_rule_tag(tag_id=entry.subject_id)
