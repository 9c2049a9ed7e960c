"""The questions about customers, by the names other packages ask them."""

from clothier.customers.selectors import choices
from clothier.customers.selectors.accesses import all_reads, count_reads, reads_by, reads_of
from clothier.customers.selectors.buying import CURRENCIES, buyers_sql, spends
from clothier.customers.selectors.cards import card, tag_name
from clothier.customers.selectors.consents import consent_history, consents_of, may_contact
from clothier.customers.selectors.counting import counted_orders
from clothier.customers.selectors.doors import may_keep, may_unmask
from clothier.customers.selectors.due import next_due
from clothier.customers.selectors.exporting import export
from clothier.customers.selectors.extracts import extracts
from clothier.customers.selectors.faces import faces
from clothier.customers.selectors.finding import find
from clothier.customers.selectors.matching import people_where
from clothier.customers.selectors.owning import own_card, own_consents
from clothier.customers.selectors.people import (
    birthday_this_month,
    by_external,
    by_identifier,
    by_identifiers,
    by_proven,
    is_living,
    likeness_sql,
    own_name,
    people_of,
    person_of,
    person_row,
    records_of,
    records_of_all,
)
from clothier.customers.selectors.profiles import notes, profile, wearer_choices
from clothier.customers.selectors.reaching import phone_of
from clothier.customers.selectors.recent import recently_opened
from clothier.customers.selectors.revealing import unmask, vault_facts
from clothier.customers.selectors.reviews import count_open_pairs, decided_pairs, open_pairs, pair
from clothier.customers.selectors.segments import (
    condition_of,
    members,
    segment_for,
    segments_for,
    size_of,
    version_of,
    versions_of,
)
from clothier.customers.selectors.tags import said as tag_said
from clothier.customers.selectors.tags import tag_for, tag_names, tags_for, tags_in_use, wearers_of
from clothier.customers.selectors.templates import templates, warnings
from clothier.customers.selectors.timeline import timeline
from clothier.customers.standing import layer_names, layers_sql

__all__ = [
    "CURRENCIES",
    "all_reads",
    "birthday_this_month",
    "buyers_sql",
    "by_external",
    "by_identifier",
    "by_identifiers",
    "by_proven",
    "card",
    "choices",
    "condition_of",
    "consent_history",
    "consents_of",
    "count_open_pairs",
    "count_reads",
    "counted_orders",
    "decided_pairs",
    "export",
    "extracts",
    "faces",
    "find",
    "is_living",
    "layer_names",
    "layers_sql",
    "likeness_sql",
    "may_contact",
    "may_keep",
    "may_unmask",
    "members",
    "next_due",
    "notes",
    "open_pairs",
    "own_card",
    "own_consents",
    "own_name",
    "pair",
    "people_of",
    "people_where",
    "person_of",
    "person_row",
    "phone_of",
    "profile",
    "reads_by",
    "reads_of",
    "recently_opened",
    "records_of",
    "records_of_all",
    "segment_for",
    "segments_for",
    "size_of",
    "spends",
    "tag_for",
    "tag_name",
    "tag_names",
    "tag_said",
    "tags_for",
    "tags_in_use",
    "templates",
    "timeline",
    "unmask",
    "vault_facts",
    "version_of",
    "versions_of",
    "warnings",
    "wearer_choices",
    "wearers_of",
]
