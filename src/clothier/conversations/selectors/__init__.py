"""The questions about conversations, by the names other packages ask them."""

from clothier.conversations.models.messages import DISPATCH_NAMES
from clothier.conversations.selectors.advice import Proposal, Said, proposal, unanswered
from clothier.conversations.selectors.board import box_counts, flagged, handover_counts
from clothier.conversations.selectors.files import Opened, carried_by, file_for, file_of_contact
from clothier.conversations.selectors.guests import GuestView, guest, guest_messages, member, unread
from clothier.conversations.selectors.inbox import (
    any_thread,
    held_by,
    inbox_for,
    thread_for,
    thread_of_customer,
    threads_for,
    threads_of_customers,
)
from clothier.conversations.selectors.messages import journeys, messages, messages_after
from clothier.conversations.selectors.search import search
from clothier.conversations.selectors.work import (
    Allowance,
    Load,
    allowance_of,
    away_since,
    backlog_for,
    filled_replies,
    filled_reply,
    handovers,
    loads_for,
    saved_replies,
    writing_now,
)

__all__ = [
    "DISPATCH_NAMES",
    "Allowance",
    "GuestView",
    "Load",
    "Opened",
    "Proposal",
    "Said",
    "allowance_of",
    "any_thread",
    "away_since",
    "backlog_for",
    "box_counts",
    "carried_by",
    "file_for",
    "file_of_contact",
    "filled_replies",
    "filled_reply",
    "flagged",
    "guest",
    "guest_messages",
    "handover_counts",
    "handovers",
    "held_by",
    "inbox_for",
    "journeys",
    "loads_for",
    "member",
    "messages",
    "messages_after",
    "proposal",
    "saved_replies",
    "search",
    "thread_for",
    "thread_of_customer",
    "threads_for",
    "threads_of_customers",
    "unanswered",
    "unread",
    "writing_now",
]
