"""Files of messages: checked by content, sealed, kept beside the database."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.conversations import sealing
from clothier.conversations.channels.registry import channel_of
from clothier.conversations.contracts import MOST_FILES, NewFile
from clothier.conversations.models import Attachment, Contact, Message
from clothier.conversations.rules.files import MEGABYTE, fault, media_type
from clothier.conversations.storage import place as place
from clothier.kernel import vault
from clothier.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Inspected:
    file: NewFile
    media_type: str


def inspected_all(files: Sequence[NewFile]) -> list[Inspected]:
    """The files of one message. Refused for more than MOST_FILES, and for one that nobody may send."""
    if len(files) > MOST_FILES:
        raise Refused(_("一次最多 %(count)s 个文件，请分几次发。") % {"count": MOST_FILES}, field="attachments")
    return [inspected(one) for one in files]


def inspected(file: NewFile) -> Inspected:
    """The file with what it really is. Refused for what nobody may send."""
    wrong = fault(file)
    if wrong == "large":
        raise Refused(_("文件太大，最多 20 MB。"), field="attachments")
    if wrong:
        raise Refused(_("只能发送图片、PDF、语音和视频。"), field="attachments")
    return Inspected(file, media_type(file.content))


def require_carried(channel: str, files: Sequence[Inspected]) -> None:
    """Refused for what the channel has no way to bring."""
    carries = channel_of(channel).carries
    for one in files:
        if not carries:
            raise Refused(_("这个渠道只能发文字，不能带附件。请换一个渠道，或请顾客加微信。"), field="attachments")
        if one.media_type not in carries:
            raise Refused(_("这个渠道不能发送这种文件：%(name)s。") % {"name": one.file.name}, field="attachments")
        if len(one.file.content) > carries[one.media_type]:
            most = carries[one.media_type] // MEGABYTE
            raise Refused(_("文件太大：这个渠道的这种文件最多 %(n)s MB。") % {"n": most}, field="attachments")


def attach(message: Message, contact: Contact, files: Sequence[Inspected]) -> None:
    """Keep files with a message. A file is written before its row: what a crash leaves over is a file without one."""
    for one in files:
        assert contact.key is not None
        Attachment.objects.create(
            message=message,
            sealed_name=sealing.seal(contact, one.file.name.replace("/", "_")[-80:]),
            media_type=one.media_type,
            size=len(one.file.content),
            stored=written(bytes(contact.key), one.file.content),
        )


def written(key: bytes, content: bytes) -> str:
    """Keep content sealed with a key; the name to find it by."""
    name = uuid.uuid4().hex
    path = place(f"{name[:2]}/{name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(vault.seal_bytes(key, content))
    return f"{name[:2]}/{name}"


def detach(message: Message) -> None:
    """The files of a message go: their rows at once, their content after the commit."""
    rows = Attachment.objects.filter(message=message)
    remove_later(list(rows.values_list("stored", flat=True)))
    rows.delete()


def remove_later(files: Sequence[str]) -> None:
    """After the commit: what a crash leaves of them is a file without a row."""

    def remove() -> None:
        for stored in files:
            place(stored).unlink(missing_ok=True)

    transaction.on_commit(remove)
