"""What an analysis may take out of the house: ids, figures and words of the vocabulary; nothing that names anybody."""

from clothier.customers.models import ConsentState, Customer, Encounter, Fact, Profile, Tagging
from clothier.kernel.snapshots import Extract

_DEED = ("customer_id", "kind", "store_id", "occurred_at", "items", "spend_fen", "margin_fen")


def extracts() -> list[Extract]:
    """All that segments, layers and predictions ask for. Birthdays are keyed hashes; facts of the vault stay in it."""
    return [
        Extract(Profile, tuple(field.attname for field in Profile._meta.concrete_fields)),
        Extract(Customer, ("id", "person_id", "store_id", "registered_at", "birth_key")),
        Extract(Encounter, ("id", *_DEED)),
        Extract(Tagging, ("customer_id", "tag_id", "expires_at")),
        Extract(
            Fact,
            ("customer_id", "wearer_id", "field", "qualifier", "value", "expires_at", "withdrawn_at"),
            where="sealed = ''",
        ),
        Extract(ConsentState, ("person_id", "purpose", "channel", "data_class", "granted")),
    ]
