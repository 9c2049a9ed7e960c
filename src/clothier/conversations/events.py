"""What happens in conversations. Ids, codes and numbers only: never a word of what was said."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class ChatOpened(Event):
    """A customer began to write, or wrote again after the conversation was closed."""

    type: ClassVar[str] = "chat.opened"
    thread_id: int
    channel: str


class CustomerWrote(Event):
    """`with_person`: a person has the conversation, or the customer waits for one."""

    type: ClassVar[str] = "chat.customer_wrote"
    thread_id: int
    message_id: int
    channel: str
    with_person: bool = False


class ReplySent(Event):
    """`author` is human or bot. `insisted`: forbidden words were sent all the same, with a reason."""

    type: ClassVar[str] = "chat.reply_sent"
    thread_id: int
    message_id: int
    channel: str
    author: str
    insisted: bool = False


class NoticeSent(Event):
    """The house told the customer of something without being asked; nobody's answer."""

    type: ClassVar[str] = "chat.notice_sent"
    thread_id: int
    message_id: int
    channel: str


class NoteLeft(Event):
    """Colleagues wrote something among themselves."""

    type: ClassVar[str] = "chat.note_left"
    thread_id: int
    message_id: int
    mentioned: list[int] = []


class NoteWithdrawn(Event):
    """Its author took a note back."""

    type: ClassVar[str] = "chat.note_withdrawn"
    thread_id: int
    message_id: int


class ChatPrinted(Event):
    """Somebody had it to print or to keep; `notes`: with what colleagues wrote among themselves."""

    type: ClassVar[str] = "chat.printed"
    thread_id: int
    notes: bool


class HandedOver(Event):
    """A person is asked for: asked, unsure, misses, anger, vip, hours; shift when an agent's shift has ended."""

    type: ClassVar[str] = "chat.handed_over"
    thread_id: int
    reason: str


class ChatAssigned(Event):
    """Somebody has the conversation: `how` is auto, taken or transfer."""

    type: ClassVar[str] = "chat.assigned"
    thread_id: int
    employee_id: int
    how: str


class ChatReleased(Event):
    """It is back in the queue."""

    type: ClassVar[str] = "chat.released"
    thread_id: int
    employee_id: int


class ChatClosed(Event):
    """`by` is agent, customer, bot or idle."""

    type: ClassVar[str] = "chat.closed"
    thread_id: int
    by: str


class ChatSnoozed(Event):
    type: ClassVar[str] = "chat.snoozed"
    thread_id: int
    until: str


class ChatWoken(Event):
    type: ClassVar[str] = "chat.woken"
    thread_id: int


class ChatTagged(Event):
    type: ClassVar[str] = "chat.tagged"
    thread_id: int
    tag: str


class ChatUntagged(Event):
    type: ClassVar[str] = "chat.untagged"
    thread_id: int
    tag: str


class ChatIdentified(Event):
    """It is known who writes."""

    type: ClassVar[str] = "chat.identified"
    thread_id: int
    customer_id: int


class ChatJoined(Event):
    """Two conversations are one person's: what was said is read in `thread_id` from now on."""

    type: ClassVar[str] = "chat.joined"
    thread_id: int
    joined_id: int


class ChatParted(Event):
    """They are two people's after all."""

    type: ClassVar[str] = "chat.parted"
    thread_id: int
    parted_id: int


class MessageFailed(Event):
    """A reply could not be delivered and is tried no more; `about`: the matter of a notice, such as case:12."""

    type: ClassVar[str] = "chat.message_failed"
    thread_id: int
    message_id: int
    channel: str
    about: str = ""


class ChatRated(Event):
    """The customer said how it was, one to five; `employee_id`: who answered last, none where only the bot did."""

    type: ClassVar[str] = "chat.rated"
    thread_id: int
    score: int
    employee_id: int | None = None
