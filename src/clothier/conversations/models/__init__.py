from clothier.conversations.models.cursors import Cursor
from clothier.conversations.models.messages import Attachment, Dispatch, Message
from clothier.conversations.models.ratings import Rating
from clothier.conversations.models.search import Occurrence
from clothier.conversations.models.seats import Seat
from clothier.conversations.models.threads import Contact, Thread
from clothier.conversations.models.work import Flag, Handover, Mention, Read, SavedReply, Tag, Writing

__all__ = [
    "Attachment",
    "Contact",
    "Cursor",
    "Dispatch",
    "Flag",
    "Handover",
    "Mention",
    "Message",
    "Occurrence",
    "Rating",
    "Read",
    "SavedReply",
    "Seat",
    "Tag",
    "Thread",
    "Writing",
]
