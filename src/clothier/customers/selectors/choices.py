"""The words pages offer to choose from."""

from typing import Any

from clothier.customers.fields import FIELDS, GROUPS
from clothier.customers.models import Channel, Customer, DataClass, Identifier, Purpose, Wearer

TITLES: list[tuple[str, Any]] = [("", "—"), *Customer.Title.choices]
IDENTIFIER_KINDS = Identifier.Kinds.choices
RELATIONS = Wearer.Relation.choices
PURPOSES = Purpose.choices
CHANNELS = Channel.choices
DATA_CLASSES = DataClass.choices


def facts() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Kinds of facts by group."""
    return [
        (label, [(field.key, field.label) for field in FIELDS.values() if field.group == group])
        for group, label in GROUPS.items()
    ]


def groups() -> list[tuple[str, Any, tuple[str, ...]]]:
    """Groups of fields with the keys in each."""
    return [
        (group, label, tuple(field.key for field in FIELDS.values() if field.group == group))
        for group, label in GROUPS.items()
    ]


def segment_facts() -> list[tuple[str, Any]]:
    """Kinds of facts a segment may ask for: none of the vault's."""
    return [(field.key, field.label) for field in FIELDS.values() if not field.vault]
