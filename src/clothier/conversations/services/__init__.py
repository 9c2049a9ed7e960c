"""The verbs of conversations, by the names other packages call them."""

from clothier.conversations.bot.drafting import Draft, drafted
from clothier.conversations.services import callbacks, letters
from clothier.conversations.services.again import wake
from clothier.conversations.services.alone import can_text, text_alone
from clothier.conversations.services.assigning import assign, hand_over, transfer
from clothier.conversations.services.closing import close, snooze
from clothier.conversations.services.dispatching import mark_seen, note_state, resend, send_due
from clothier.conversations.services.indexing import index_due
from clothier.conversations.services.judging import mark_wrong, rate, take_proposal
from clothier.conversations.services.leaving import leave_desk
from clothier.conversations.services.letters import fetch_letters
from clothier.conversations.services.notices import notify
from clothier.conversations.services.noting import (
    come_back,
    mention,
    read,
    step_away,
    tag,
    untag,
    withdraw_note,
    writing,
)
from clothier.conversations.services.printing import note_print
from clothier.conversations.services.queue import close_idle, end_shifts, serve_queue, wake_due
from clothier.conversations.services.receiving import receive
from clothier.conversations.services.replying import reply
from clothier.conversations.services.saved import retire_reply, save_reply
from clothier.conversations.services.threads import identify

__all__ = [
    "Draft",
    "assign",
    "callbacks",
    "can_text",
    "close",
    "close_idle",
    "come_back",
    "drafted",
    "end_shifts",
    "fetch_letters",
    "hand_over",
    "identify",
    "index_due",
    "leave_desk",
    "letters",
    "mark_seen",
    "mark_wrong",
    "mention",
    "note_print",
    "note_state",
    "notify",
    "rate",
    "read",
    "receive",
    "reply",
    "resend",
    "retire_reply",
    "save_reply",
    "send_due",
    "serve_queue",
    "snooze",
    "step_away",
    "tag",
    "take_proposal",
    "text_alone",
    "transfer",
    "untag",
    "wake",
    "wake_due",
    "withdraw_note",
    "writing",
]
