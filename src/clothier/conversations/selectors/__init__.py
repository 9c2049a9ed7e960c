"""The questions about conversations, by the names other packages ask them."""

from clothier.conversations.selectors.files import file_for, file_of_contact
from clothier.conversations.selectors.inbox import inbox_for, thread_for, thread_of_customer
from clothier.conversations.selectors.messages import messages, messages_after
from clothier.conversations.selectors.search import search
from clothier.conversations.selectors.work import (
    backlog_for,
    filled_reply,
    handovers,
    loads_for,
    saved_replies,
    writing_now,
)

__all__ = [
    "backlog_for",
    "file_for",
    "file_of_contact",
    "filled_reply",
    "handovers",
    "inbox_for",
    "loads_for",
    "messages",
    "messages_after",
    "saved_replies",
    "search",
    "thread_for",
    "thread_of_customer",
    "writing_now",
]
