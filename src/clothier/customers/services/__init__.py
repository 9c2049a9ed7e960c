"""The verbs on customers, by the names other packages call them."""

from clothier.customers.services import review
from clothier.customers.services.bulk import note_encounters, note_purchases, register_many, store_predictions
from clothier.customers.services.bulk_facts import give_consents, note_facts
from clothier.customers.services.consents import give_consent, withdraw_all, withdraw_consent
from clothier.customers.services.encounters import (
    note_fitting,
    note_purchase,
    note_return,
    note_visit,
    uncount_fitting,
    uncount_visit,
)
from clothier.customers.services.enrolling import Registered
from clothier.customers.services.facts import correct_fact, note_fact, restore_fact, withdraw_fact
from clothier.customers.services.identity import link_identifier, remove_identifier
from clothier.customers.services.links import merge, unmerge
from clothier.customers.services.notes import SensitiveText, write_note
from clothier.customers.services.privacy import (
    cancel_erasure,
    correct,
    erase,
    note_export,
    request_erasure,
    run_due_erasures,
)
from clothier.customers.services.registration import register
from clothier.customers.services.retention import prune_reads
from clothier.customers.services.schedule import catch_up, look_again_at_everybody, refresh_layers, run_due
from clothier.customers.services.segments import archive_segment, note_list_export, restore_segment, save_segment
from clothier.customers.services.tags import add_tag, drop_expired, refresh_rule_tag, refresh_rule_tags, remove_tag
from clothier.customers.services.vocabulary import create_tag, edit_tag, restore_tag, retire_tag
from clothier.customers.services.wearers import add_wearer, remove_wearer
from clothier.customers.services.withdrawing import uncount_orders, withdraw_records

__all__ = [
    "Registered",
    "SensitiveText",
    "add_tag",
    "add_wearer",
    "archive_segment",
    "cancel_erasure",
    "catch_up",
    "correct",
    "correct_fact",
    "create_tag",
    "drop_expired",
    "edit_tag",
    "erase",
    "give_consent",
    "give_consents",
    "link_identifier",
    "look_again_at_everybody",
    "merge",
    "note_encounters",
    "note_export",
    "note_fact",
    "note_facts",
    "note_fitting",
    "note_list_export",
    "note_purchase",
    "note_purchases",
    "note_return",
    "note_visit",
    "prune_reads",
    "refresh_layers",
    "refresh_rule_tag",
    "refresh_rule_tags",
    "register",
    "register_many",
    "remove_identifier",
    "remove_tag",
    "remove_wearer",
    "request_erasure",
    "restore_fact",
    "restore_segment",
    "restore_tag",
    "retire_tag",
    "review",
    "run_due",
    "run_due_erasures",
    "save_segment",
    "store_predictions",
    "uncount_fitting",
    "uncount_orders",
    "uncount_visit",
    "unmerge",
    "withdraw_all",
    "withdraw_consent",
    "withdraw_fact",
    "withdraw_records",
    "write_note",
]
