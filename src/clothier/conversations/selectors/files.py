"""Files of conversations, opened again for whoever may see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from clothier.conversations.channels.registry import channel_of, connected
from clothier.conversations.models import Attachment
from clothier.conversations.sealing import opened
from clothier.conversations.selectors.doors import visible
from clothier.conversations.storage import place as place
from clothier.kernel import vault
from clothier.kernel.access import Viewer


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's name, type and content. Pages hand it out as an attachment, never as a page of ours."""

    name: str
    media_type: str
    content: bytes


def carried_by(channel: str) -> Mapping[str, int]:
    """The types of files a channel takes, each with its greatest size in bytes."""
    return channel_of(channel).carries if connected(channel) else {}


def file_for(viewer: Viewer, attachment: int) -> Opened | None:
    """A file of a conversation of the viewer's; None for any other, and once the person was forgotten."""
    mine = Exists(visible(viewer).filter(pk=OuterRef("message__contact__thread")))
    return _open(Attachment.objects.filter(mine), attachment)


def file_of_contact(contacts: list[int], attachment: int) -> Opened | None:
    """A file for the customer who holds these addresses; never one of an internal note."""
    return _open(Attachment.objects.filter(message__contact__in=contacts, message__internal=False), attachment)


def _open(rows: QuerySet[Attachment], attachment: int) -> Opened | None:
    row = rows.select_related("message__contact").filter(pk=attachment).first()
    key = row.message.contact.key if row else None
    if row is None or key is None or not place(row.stored).exists():
        return None
    content = vault.unseal_bytes(bytes(key), place(row.stored).read_bytes())
    return Opened(opened(key, row.sealed_name) or "", row.media_type, content)
