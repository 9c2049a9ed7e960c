"""The verbs of conversations, by the names other packages call them."""

from clothier.conversations.services.assigning import assign, hand_over, transfer
from clothier.conversations.services.closing import close, snooze
from clothier.conversations.services.receiving import receive
from clothier.conversations.services.replying import reply
from clothier.conversations.services.threads import identify

__all__ = ["assign", "close", "hand_over", "identify", "receive", "reply", "snooze", "transfer"]
