"""Shapes and constraints of everything kept about customers."""

from clothier.customers.models.access import AccessRecord, Erasure
from clothier.customers.models.consent import Channel, Consent, ConsentState, DataClass, Purpose
from clothier.customers.models.facts import Fact, Wearer
from clothier.customers.models.notes import Note
from clothier.customers.models.people import Customer, Duplicate, Identifier, Link, Source
from clothier.customers.models.profile import Encounter, Profile, Relayering
from clothier.customers.models.segments import Segment, SegmentVersion
from clothier.customers.models.tags import Tag, Tagging

__all__ = [
    "AccessRecord",
    "Channel",
    "Consent",
    "ConsentState",
    "Customer",
    "DataClass",
    "Duplicate",
    "Encounter",
    "Erasure",
    "Fact",
    "Identifier",
    "Link",
    "Note",
    "Profile",
    "Purpose",
    "Relayering",
    "Segment",
    "SegmentVersion",
    "Source",
    "Tag",
    "Tagging",
    "Wearer",
]
