"""Customers of the past as arrays, millions at a time: a demo's history, a chain that moves in.

The same rows and events as the verbs write, for whoever has the tables to himself; nothing here is idempotent.
"""

from clothier.customers.history.figures import load_deeds
from clothier.customers.history.knowledge import load_facts, load_notes, load_taggings, load_wearers
from clothier.customers.history.people import People, load_consents, load_people
from clothier.customers.models import (
    Consent,
    ConsentState,
    Customer,
    Encounter,
    Fact,
    Identifier,
    Note,
    Profile,
    Tagging,
    Wearer,
)

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Customer, Identifier, Profile, Encounter, Fact, Wearer, Consent, ConsentState, Tagging, Note)

__all__ = [
    "TABLES",
    "People",
    "load_consents",
    "load_deeds",
    "load_facts",
    "load_notes",
    "load_people",
    "load_taggings",
    "load_wearers",
]
