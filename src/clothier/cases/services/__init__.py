"""The verbs of a case. `actor` is an employee's id, None for the customer or a machine; `key` the idempotency key: the
same key twice gives the first outcome. All raise Refused with a sentence for people."""

from clothier.cases.services.answering import add_note, call, contact_specialist, customer_wrote, reply
from clothier.cases.services.ending import (
    ask_confirmation,
    close,
    confirm_result,
    done,
    offer_solution,
    reopen,
    withdraw,
)
from clothier.cases.services.judging import assign, mark_complex, mark_serious, reclassify, set_cause
from clothier.cases.services.opening import open_case
from clothier.cases.services.waiting import resume, wait

__all__ = [
    "add_note",
    "ask_confirmation",
    "assign",
    "call",
    "close",
    "confirm_result",
    "contact_specialist",
    "customer_wrote",
    "done",
    "mark_complex",
    "mark_serious",
    "offer_solution",
    "open_case",
    "reclassify",
    "reopen",
    "reply",
    "resume",
    "set_cause",
    "wait",
    "withdraw",
]
