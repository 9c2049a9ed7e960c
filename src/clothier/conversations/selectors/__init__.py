"""The questions about conversations, by the names other packages ask them."""

from clothier.conversations.selectors.inbox import inbox_for, thread_for, thread_of_customer
from clothier.conversations.selectors.messages import messages, messages_after

__all__ = ["inbox_for", "messages", "messages_after", "thread_for", "thread_of_customer"]
