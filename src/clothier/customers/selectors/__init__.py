"""The questions about customers, by the names other packages ask them."""

from clothier.customers.selectors import choices
from clothier.customers.selectors.accesses import all_reads, reads_by, reads_of
from clothier.customers.selectors.cards import card, tag_name
from clothier.customers.selectors.consents import consent_history, consents_of, may_contact, tags_in_use
from clothier.customers.selectors.doors import may_keep, may_unmask
from clothier.customers.selectors.due import next_due
from clothier.customers.selectors.exporting import export
from clothier.customers.selectors.faces import faces
from clothier.customers.selectors.finding import find
from clothier.customers.selectors.people import by_external, by_identifier, person_of, records_of
from clothier.customers.selectors.profiles import notes, profile, wearer_choices
from clothier.customers.selectors.revealing import unmask, vault_facts
from clothier.customers.selectors.reviews import decided_pairs, open_pairs, pair
from clothier.customers.selectors.segments import (
    condition_of,
    in_segment,
    members,
    segment_for,
    segments_for,
    size_of,
)
from clothier.customers.selectors.templates import templates, warnings
from clothier.customers.selectors.timeline import timeline
from clothier.customers.standing import layer_names

__all__ = [
    "all_reads",
    "by_external",
    "by_identifier",
    "card",
    "choices",
    "condition_of",
    "consent_history",
    "consents_of",
    "decided_pairs",
    "export",
    "faces",
    "find",
    "in_segment",
    "layer_names",
    "may_contact",
    "may_keep",
    "may_unmask",
    "members",
    "next_due",
    "notes",
    "open_pairs",
    "pair",
    "person_of",
    "profile",
    "reads_by",
    "reads_of",
    "records_of",
    "segment_for",
    "segments_for",
    "size_of",
    "tag_name",
    "tags_in_use",
    "templates",
    "timeline",
    "unmask",
    "vault_facts",
    "warnings",
    "wearer_choices",
]
