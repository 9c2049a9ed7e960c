"""The verbs of a case. `actor` is an employee's id, None for the customer or a machine; `key` the idempotency key: the
same key twice gives the first outcome. All raise Refused with a sentence for people."""

from clothier.cases.services.answering import add_note, call, contact_specialist, customer_wrote, reply
from clothier.cases.services.cards import send_card, tell_customer, text_instead
from clothier.cases.services.chats import hear_chat, identify, join_threads, open_for_chat, part_threads, reply_in_chat
from clothier.cases.services.ending import (
    ask_confirmation,
    close,
    confirm_result,
    done,
    offer_solution,
    reopen,
    withdraw,
)
from clothier.cases.services.finding import claim_find
from clothier.cases.services.forgetting import forget
from clothier.cases.services.giving import approve, compensate, issue, refuse
from clothier.cases.services.goods import (
    add_line,
    begin_exchange,
    describe_line,
    hand_over_goods,
    receive_goods,
    refund_goods,
    settle_goods,
)
from clothier.cases.services.judging import assign, mark_complex, mark_serious, reclassify, set_cause
from clothier.cases.services.linking import link, link_thread, merge, rate, revoke_card
from clothier.cases.services.opening import open_case
from clothier.cases.services.photos import add_photo
from clothier.cases.services.undoing import undo
from clothier.cases.services.waiting import resume, wait

__all__ = [
    "add_line",
    "add_note",
    "add_photo",
    "approve",
    "ask_confirmation",
    "assign",
    "begin_exchange",
    "call",
    "claim_find",
    "close",
    "compensate",
    "confirm_result",
    "contact_specialist",
    "customer_wrote",
    "describe_line",
    "done",
    "forget",
    "hand_over_goods",
    "hear_chat",
    "identify",
    "issue",
    "join_threads",
    "link",
    "link_thread",
    "mark_complex",
    "mark_serious",
    "merge",
    "offer_solution",
    "open_case",
    "open_for_chat",
    "part_threads",
    "rate",
    "receive_goods",
    "reclassify",
    "refund_goods",
    "refuse",
    "reopen",
    "reply",
    "reply_in_chat",
    "resume",
    "revoke_card",
    "send_card",
    "set_cause",
    "settle_goods",
    "tell_customer",
    "text_instead",
    "undo",
    "wait",
    "withdraw",
]
