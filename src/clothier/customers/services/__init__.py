"""The verbs on customers, by the names other packages call them."""

from clothier.customers.services.consents import give_consent, withdraw_all, withdraw_consent
from clothier.customers.services.encounters import note_fitting, note_purchase, note_return, note_visit
from clothier.customers.services.facts import correct_fact, note_fact, restore_fact, withdraw_fact
from clothier.customers.services.identity import link_identifier, remove_identifier
from clothier.customers.services.links import merge, unmerge
from clothier.customers.services.registration import register
from clothier.customers.services.tags import add_tag, create_tag, drop_expired, refresh_rule_tags, remove_tag
from clothier.customers.services.wearers import add_wearer, remove_wearer

__all__ = [
    "add_tag",
    "add_wearer",
    "correct_fact",
    "create_tag",
    "drop_expired",
    "give_consent",
    "link_identifier",
    "merge",
    "note_fact",
    "note_fitting",
    "note_purchase",
    "note_return",
    "note_visit",
    "refresh_rule_tags",
    "register",
    "remove_identifier",
    "remove_tag",
    "remove_wearer",
    "restore_fact",
    "unmerge",
    "withdraw_all",
    "withdraw_consent",
    "withdraw_fact",
]
